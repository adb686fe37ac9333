import type { CollectResult } from '../../contract/schemas/collect.ts';
import type { Progress } from '../../contract/schemas/contexts.ts';
import { Failure } from '../../model/failure.ts';
import type { CliDeps } from '../cli-deps.ts';
import { formatCollectResult } from '../output/collect-text.ts';
import { progressLine } from '../output/progress-line.ts';
import { UsageError } from '../report-failure.ts';
import type { Terminal } from '../terminal.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { withClient } from './with-client.ts';

export interface CollectOptions extends SharedOptions {
  last: string;
  json?: boolean;
}

/** `podwatt collect`: runs the pipeline once over the last hours and prints what each source gave. */
export async function collect(options: CollectOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  if (!/^\d{1,4}[hdw]$/.test(options.last))
    throw new UsageError('--last takes a number and h, d or w, for example 24h');
  const settings = await settingsFor(options, terminal);
  const [context] = settings.contexts;
  if (context === undefined || settings.contexts.length > 1) {
    throw new UsageError('collect takes exactly one --context NAME', 'podwatt contexts lists the names.');
  }
  const result = await withClient(settings, deps, async (client) => {
    const events = await client.contexts.collect({ context, last: options.last }, { signal: terminal.stopSignal });
    return lastResult(events, terminal);
  });
  await terminal.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : formatCollectResult(result));
}

type CollectEvents = AsyncIterable<
  { kind: 'progress'; progress: Progress } | { kind: 'result'; result: CollectResult }
>;

async function lastResult(events: CollectEvents, terminal: Terminal): Promise<CollectResult> {
  const line = progressLine(terminal);
  try {
    for await (const event of events) {
      if (event.kind === 'result') return event.result;
      const { windows_done: read, windows_total: total } = event.progress;
      line.showShare(`${read} of ${total} windows`, read, total);
    }
  } catch (error) {
    if (!terminal.stopSignal.aborted) throw error;
  } finally {
    line.clear();
  }
  throw new Failure('cancelled', 'Collecting stopped before it was done', {
    hint: 'Run the command again: it goes on where it stopped.',
  });
}
