import { Failure } from '../../../model/failure.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { progressLine } from '../../output/progress-line.ts';
import { formatMaintenance } from '../../output/store-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';
import type { StoreOptions } from './store-options.ts';

/** `podwatt store maintain`: compaction and retention now. Exit code 1 where it ended early. */
export async function storeMaintain(options: StoreOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const line = progressLine(terminal);
  line.show('removing what is older than the settings keep');
  const outcome = await withClient(settings, deps, (client) =>
    client.store.maintain(undefined, { signal: terminal.stopSignal }),
  ).finally(() => line.clear());
  await print(options, deps, outcome, formatMaintenance(outcome));
  if (outcome.problem !== null) throw new Failure('store', 'The maintenance ended before it was done');
}
