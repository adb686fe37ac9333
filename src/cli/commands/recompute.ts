import type { RecomputeEvent } from '../../contract/schemas/restate.ts';
import { Failure } from '../../model/failure.ts';
import type { CliDeps } from '../cli-deps.ts';
import { progressLine } from '../output/progress-line.ts';
import { formatRecomputed, type RecomputedCluster } from '../output/recompute-text.ts';
import { UsageError } from '../report-failure.ts';
import type { Terminal } from '../terminal.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { withClient } from './with-client.ts';

export interface RecomputeOptions extends SharedOptions {
  from: string;
  to?: string;
  cluster?: string;
  json?: boolean;
}

/** `podwatt recompute`: carbon, embodied emissions and cost of the past, computed anew from stored facts. */
export async function recompute(options: RecomputeOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const start = instantOf(options.from, '--from');
  const end = options.to === undefined ? undefined : instantOf(options.to, '--to');
  if (end !== undefined && start >= end) throw new UsageError('--from must lie before --to');
  const settings = await settingsFor(options, terminal);
  const { cluster } = options;
  const input = { start, ...(end === undefined ? {} : { end }), ...(cluster === undefined ? {} : { cluster }) };
  const done = await withClient(settings, deps, async (client) => {
    const events = await client.audit.recompute(input, { signal: terminal.stopSignal });
    return clustersOf(events, terminal);
  });
  await terminal.write(options.json === true ? `${JSON.stringify(done, null, 2)}\n` : formatRecomputed(done));
}

/** A day means its start in UTC. */
function instantOf(text: string, option: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const milliseconds = isDay || isInstant ? Date.parse(isDay ? `${text}T00:00:00Z` : text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new UsageError(`${option} takes a day or an instant, for example 2026-01-31 or 2026-01-31T12:00:00Z`);
  }
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

async function clustersOf(events: AsyncIterable<RecomputeEvent>, terminal: Terminal): Promise<RecomputedCluster[]> {
  const line = progressLine(terminal);
  const clusters: RecomputedCluster[] = [];
  try {
    for await (const event of events) {
      if (event.kind === 'cluster') clusters.push(event);
      else line.showShare(`${event.cluster}: ${event.done} of ${event.total} windows`, event.done, event.total);
    }
  } catch (error) {
    if (!terminal.stopSignal.aborted) throw error;
  } finally {
    line.clear();
  }
  if (!terminal.stopSignal.aborted) return clusters;
  throw new Failure('cancelled', 'Computing stopped before it was done', {
    hint: 'What was written is in the audit. Run the command again: it goes on with the rest.',
  });
}
