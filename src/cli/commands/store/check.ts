import { checkStore } from '../../../backend/store/tools/check-store.ts';
import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import { Failure } from '../../../model/failure.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { progressLine } from '../../output/progress-line.ts';
import { formatStoreCheck } from '../../output/store-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import type { StoreOptions } from './store-options.ts';

/** `podwatt store check`: reads the whole store, also while a Podwatt writes to it. Exit code 1 where something is wrong. */
export async function storeCheck(options: StoreOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const { dataDir, store } = await settingsFor(options, terminal);
  const line = progressLine(terminal);
  line.show('checking');
  const onProgress = (done: number, of: number) => line.showShare('checking', done, of);
  const check = await checkStore(await chosenStore(dataDir, store), onProgress, terminal.stopSignal).finally(() =>
    line.clear(),
  );
  const { location, serverVersion, problems } = check;
  const result = { ok: problems.length === 0, location, server_version: serverVersion, problems };
  await print(options, deps, result, formatStoreCheck(check));
  if (problems.length > 0) {
    throw new Failure('store', 'The store is not as it should be', {
      hint: 'Start Podwatt again: it sets a damaged file aside and recovers what can be read.',
    });
  }
}
