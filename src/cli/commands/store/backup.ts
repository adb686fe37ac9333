import { resolve } from 'node:path';
import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import { backUpStore } from '../../../backend/store/tools/copy-store.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { byteSize } from '../../output/amounts.ts';
import { progressLine } from '../../output/progress-line.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { type StoreOptions, usage } from './store-options.ts';

/** `podwatt store backup [FILE]`: a checked copy, also while a Podwatt writes to the store. */
export async function storeBackup(file: string | undefined, options: StoreOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const { dataDir, store } = await settingsFor(options, terminal);
  const target = resolve(terminal.workingDir, file ?? `podwatt-${stamp(new Date())}.sqlite`);
  const line = progressLine(terminal);
  const onProgress = (done: number, of: number) => line.showShare('copying', done, of);
  const made = await usage(backUpStore(await chosenStore(dataDir, store), target, onProgress)).finally(() =>
    line.clear(),
  );
  const result = { file: made.file, size_bytes: made.sizeBytes };
  await print(options, deps, result, `${made.file} is a checked copy of the store, ${byteSize(made.sizeBytes)}.\n`);
}

/** `2026-11-21T14-30-00Z`. */
function stamp(now: Date): string {
  return now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}
