import { chosenStore } from '../../../backend/store/tools/chosen-store.ts';
import { vacuumStore } from '../../../backend/store/tools/vacuum-store.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { byteSize } from '../../output/amounts.ts';
import { progressLine } from '../../output/progress-line.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import type { StoreOptions } from './store-options.ts';

/** `podwatt store vacuum`: gives room back, also while a Podwatt writes to the store. */
export async function storeVacuum(options: StoreOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const { dataDir, store } = await settingsFor(options, terminal);
  const line = progressLine(terminal);
  line.show('giving room back');
  const done = await vacuumStore(await chosenStore(dataDir, store), terminal.stopSignal).finally(() => line.clear());
  const { location, bytesBefore, bytesAfter } = done;
  const result = { location, bytes_before: bytesBefore, bytes_after: bytesAfter };
  const sizes =
    bytesBefore === null || bytesAfter === null ? '' : `: ${byteSize(bytesBefore)} before, ${byteSize(bytesAfter)} now`;
  await print(options, deps, result, `Room in ${location} was given back${sizes}.\n`);
}
