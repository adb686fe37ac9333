import type * as z from 'zod';
import type { Audit, AuditInput, AuditRecord, RecomputeEvent, RecomputeInput } from '../../contract/schemas/restate.ts';
import type { AuditEntry, RestatedTotals } from '../../model/audit.ts';
import { Failure } from '../../model/failure.ts';
import { signalOr } from '../changes/wait-for.ts';
import { fromIso, toIso } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { unknownCluster } from './scope.ts';

/** What was restated, the newest first. */
export async function audit(input: z.infer<typeof AuditInput>, deps: ApiDeps): Promise<z.infer<typeof Audit>> {
  const entries = await deps.store.listAudit(input.cluster ?? null, input.limit);
  return { entries: entries.map(recordOf) };
}

/** Restates a range by hand; ends where the caller leaves or the backend stops. */
export async function* recompute(
  input: z.infer<typeof RecomputeInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecomputeEvent, void> {
  const startSeconds = fromIso(input.start, 'start');
  const endSeconds = input.end === undefined ? deps.clock.nowSeconds() : fromIso(input.end, 'end');
  if (startSeconds >= endSeconds) throw new Failure('bad-input', 'start must lie before end');
  const ids = await clustersOf(input.cluster, deps);
  const either = AbortSignal.any([signalOr(signal), deps.stopping]);
  for (const clusterId of ids) {
    const work = { clusterId, range: { startSeconds, endSeconds }, cause: 'person', reason: BY_HAND } as const;
    for await (const event of deps.restating.run(work, either)) {
      if (event.kind === 'progress') {
        yield { kind: 'progress', cluster: clusterId, done: event.done, total: event.total };
        continue;
      }
      const { windows, changed, entry } = event;
      yield { kind: 'cluster', cluster: clusterId, windows, changed, entry: entry === null ? null : recordOf(entry) };
    }
  }
}

const BY_HAND = 'Computed anew by hand';

async function clustersOf(asked: string | undefined, deps: ApiDeps): Promise<readonly string[]> {
  const known = (await deps.store.listClusters()).map(({ id }) => id);
  if (asked !== undefined && !known.includes(asked)) throw unknownCluster(asked);
  if (asked !== undefined) return [asked];
  return known.filter((id) => deps.restating.contextOf(id) !== null);
}

function recordOf(entry: AuditEntry): AuditRecord {
  return {
    id: entry.id,
    at: toIso(entry.atSeconds),
    cluster: entry.clusterId,
    cause: entry.cause,
    reason: entry.reason,
    start: toIso(entry.range.startSeconds),
    end: toIso(entry.range.endSeconds),
    windows: entry.windowCount,
    before: amountsOf(entry.before),
    after: amountsOf(entry.after),
    calculation_version: entry.calculationVersion,
  };
}

function amountsOf({ co2eGrams, embodiedCo2eGrams, totalCost, joules }: RestatedTotals): AuditRecord['before'] {
  return {
    co2e_grams: co2eGrams,
    embodied_co2e_grams: embodiedCo2eGrams,
    total_cost: totalCost,
    energy_joules: joules,
  };
}
