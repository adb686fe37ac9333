import type { StoreChoice } from '../../../backend/config.ts';
import { importGreenKube } from '../../../backend/greenkube-import/import-greenkube.ts';
import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import { loadStore } from '../../../server/settings/store-setting.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { formatImport, importResult } from '../../output/greenkube-text.ts';
import { progressLine } from '../../output/progress-line.ts';
import type { Terminal } from '../../terminal.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { type StoreOptions, usage } from './store-options.ts';

export interface ImportOptions extends StoreOptions {
  readonly from: string;
  readonly cluster: string;
}

/** `podwatt store import-greenkube --from URL --cluster C`: the history of a GreenKube into the store that is set. */
export async function storeImportGreenKube(options: ImportOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const { dataDir, store } = await settingsFor(options, terminal);
  const from = await source(options.from, terminal);
  const line = progressLine(terminal);
  line.show('reading the database of GreenKube');
  const done = await usage(
    importGreenKube({
      from: from.settings,
      to: await chosenStore(dataDir, store),
      cluster: options.cluster,
      nowSeconds: Math.floor(Date.now() / 1000),
      onProgress: (hours, of) => line.showShare(`${hours} of ${of} hours`, hours, of),
      signal: terminal.stopSignal,
    }),
  ).finally(() => line.clear());
  await print(options, deps, importResult(done), formatImport(done));
}

/** The password of Podwatt's own store is not sent to another server. */
function source(url: string, { env, workingDir }: Terminal): Promise<StoreChoice> {
  const own = {
    ...env,
    PODWATT_STORE_PASSWORD: env.PODWATT_STORE_FROM_PASSWORD,
    PODWATT_STORE_API_KEY: undefined,
  };
  return usage(loadStore({ url, name: '--from', env: own, workingDir }));
}
