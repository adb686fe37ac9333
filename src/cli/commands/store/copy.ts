import type { StoreChoice } from '../../../backend/config.ts';
import { copyStore } from '../../../backend/store-copy/copy-store.ts';
import type { Environment } from '../../../server/settings/environment.ts';
import { loadStore } from '../../../server/settings/store-setting.ts';
import { keepHeapSmall } from '../../../server/small-heap.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { progressLine } from '../../output/progress-line.ts';
import { copyResult, formatCopy, showStep } from '../../output/store-copy-text.ts';
import type { Terminal } from '../../terminal.ts';
import { print } from '../print.ts';
import { usage } from './store-options.ts';

export interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** `podwatt store copy --from URL --to URL`: everything of one store into another, from this process. */
export async function storeCopy(options: CopyOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const from = await side('FROM', options, terminal);
  const to = await side('TO', options, terminal);
  keepHeapSmall();
  const line = progressLine(terminal);
  const copied = await usage(
    copyStore({
      from: from.settings,
      to: to.settings,
      signal: terminal.stopSignal,
      onProgress: (step) => showStep(line, step),
    }),
  ).finally(() => line.clear());
  await print(options, deps, copyResult(copied), formatCopy(copied));
}

/**
 * Secrets of one side. Those of "the store" count where only one side is on a server: with two, neither server is sent
 * what may be the other's.
 */
function side(name: 'FROM' | 'TO', options: CopyOptions, { env, workingDir }: Terminal): Promise<StoreChoice> {
  const isFile = (url: string): boolean => /^\s*sqlite:/i.test(url);
  const ofStore: Environment = isFile(options.from) || isFile(options.to) ? env : {};
  const own: Environment = {
    ...env,
    PODWATT_STORE_PASSWORD: env[`PODWATT_STORE_${name}_PASSWORD`] || ofStore.PODWATT_STORE_PASSWORD,
    PODWATT_STORE_API_KEY: env[`PODWATT_STORE_${name}_API_KEY`] || ofStore.PODWATT_STORE_API_KEY,
  };
  const url = name === 'FROM' ? options.from : options.to;
  return usage(loadStore({ url, name: `--${name.toLowerCase()}`, env: own, workingDir }));
}
