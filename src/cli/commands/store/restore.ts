import { resolve } from 'node:path';
import { takeOwnership } from '../../../backend/ownership/ownership.ts';
import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import { restoreStore } from '../../../backend/store/tools/copy-store.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { progressLine } from '../../output/progress-line.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { type StoreOptions, usage } from './store-options.ts';

/** `podwatt store restore FILE`: refused while a Podwatt runs on the data folder; the present file is kept. */
export async function storeRestore(file: string, options: StoreOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const { dataDir, store } = await settingsFor(options, terminal);
  const from = resolve(terminal.workingDir, file);
  const line = progressLine(terminal);
  const onProgress = (done: number, of: number) => line.showShare('copying', done, of);
  const ownership = await takeOwnership(dataDir);
  try {
    const done = await usage(restoreStore(await chosenStore(dataDir, store), from, onProgress)).finally(() =>
      line.clear(),
    );
    const kept = done.replaced === null ? '' : `What was there before is kept as ${done.replaced}.\n`;
    await print(options, deps, done, `${done.file} now holds what ${from} holds.\n${kept}`);
  } finally {
    await ownership.release();
  }
}
