import type * as z from 'zod';
import type { ScoreAnswer, ScoreCard, ScoreInput } from '../../contract/schemas/score.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import { SECONDS_PER_HOUR } from '../../core/units.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { Score } from '../../model/recommendations/score.ts';
import type { TimeRange } from '../../model/time.ts';
import { toIso, toPeriod } from '../ranges/instants.ts';
import { resolveRange } from '../ranges/resolve-range.ts';
import type { ScoreDeps } from '../score-part.ts';
import { unknownCluster } from './scope.ts';

export interface ScoreApiDeps extends ScoreDeps {
  readonly store: Pick<ResultsStore, 'listClusters'>;
  readonly clock: Clock;
}

/** A stored score that is older is computed anew before it is answered. */
const OLDEST_ANSWERED_SECONDS = SECONDS_PER_HOUR;
/** Of more namespaces, those with most energy are answered. */
export const MOST_NAMESPACES = 500;

/**
 * The newest score of the range, which looks back on its own seven days, and one a day as history. With a namespace,
 * `score` and `history` are those of the namespace.
 */
export async function score(
  input: z.infer<typeof ScoreInput>,
  deps: ScoreApiDeps,
): Promise<z.infer<typeof ScoreAnswer>> {
  const now = deps.clock.nowSeconds();
  const { range } = resolveRange(input, '7d', now);
  const records = await deps.store.listClusters();
  const clusters = records.filter(({ id }) => input.cluster === undefined || id === input.cluster);
  if (input.cluster !== undefined && clusters.length === 0) throw unknownCluster(input.cluster);
  const reachesNow = range.endSeconds > now - OLDEST_ANSWERED_SECONDS;
  if (reachesNow) for (const { id } of clusters) await deps.scores.refresh(id, OLDEST_ANSWERED_SECONDS);
  const asked = reachesNow ? { ...range, endSeconds: Math.max(range.endSeconds, now + 1) } : range;
  const namespace = input.namespace ?? null;
  const own = await newest(clusters, asked, reachesNow, deps);
  const namespaces = await newestOfNamespaces(own, namespace, asked, deps);
  const history: z.infer<typeof ScoreAnswer>['history'] = [];
  for (const { id } of clusters) {
    const days = await deps.scores.history(id, namespace, asked);
    history.push(...days.map((day) => ({ date: dateOf(day), cluster: id, score: day.score })));
  }
  const names = new Map(clusters.map(({ id, name }) => [id, name]));
  const computed = own.map(({ atSeconds }) => atSeconds);
  return {
    period: toPeriod(range),
    score: meanByEnergy(namespace === null ? own : namespaces),
    clusters: own.map((each) => cardOf(each, names)),
    namespaces: namespaces.map((each) => cardOf(each, names)),
    history,
    computed_at: computed.length === 0 ? null : toIso(Math.max(...computed)),
  };
}

async function newest(
  clusters: readonly ClusterRecord[],
  range: TimeRange,
  reachesNow: boolean,
  { scores }: ScoreApiDeps,
): Promise<readonly Score[]> {
  const ids = clusters.map(({ id }) => id);
  if (ids.length === 0) return [];
  if (reachesNow) return (await scores.latest(ids, 'cluster')).filter(({ atSeconds }) => isIn(range, atSeconds));
  const days = await Promise.all(ids.map((id) => scores.history(id, null, range)));
  return days.flatMap((each) => each.at(-1) ?? []);
}

/** Of the namespaces only those that were scored together with their cluster: others are gone. */
async function newestOfNamespaces(
  clusters: readonly Score[],
  namespace: string | null,
  range: TimeRange,
  { scores }: ScoreApiDeps,
): Promise<readonly Score[]> {
  const at = new Map(clusters.map(({ clusterId, atSeconds }) => [clusterId, atSeconds]));
  if (at.size === 0) return [];
  const found =
    namespace === null
      ? await scores.latest([...at.keys()], 'namespace')
      : (await Promise.all([...at.keys()].map((id) => scores.history(id, namespace, range)))).flat();
  return found
    .filter(({ clusterId, atSeconds }) => at.get(clusterId) === atSeconds)
    .sort((a, b) => energyOf(b) - energyOf(a))
    .slice(0, MOST_NAMESPACES);
}

function isIn({ startSeconds, endSeconds }: TimeRange, atSeconds: number): boolean {
  return atSeconds >= startSeconds && atSeconds < endSeconds;
}

/** Weighted by the energy that was scored; plain where none is known. Null where nothing has a score. */
function meanByEnergy(scores: readonly Score[]): number | null {
  const known = scores.flatMap((each) => (each.score === null ? [] : [{ score: each.score, joules: energyOf(each) }]));
  const joules = known.reduce((sum, each) => sum + each.joules, 0);
  if (known.length === 0) return null;
  const weight = (each: { joules: number }) => (joules > 0 ? each.joules / joules : 1 / known.length);
  return known.reduce((sum, each) => sum + each.score * weight(each), 0);
}

function energyOf({ dimensions }: Score): number {
  return dimensions.find(({ dimension }) => dimension === 'waste')?.figures['energy_joules'] ?? 0;
}

function dateOf({ atSeconds }: Score): string {
  return toIso(atSeconds).slice(0, 10);
}

function cardOf(score: Score, names: ReadonlyMap<string, string>): ScoreCard {
  const { clusterId, namespace, dimensions, raise } = score;
  return {
    cluster: clusterId,
    cluster_name: names.get(clusterId) ?? null,
    namespace,
    score: score.score,
    dimensions: dimensions.map((each) => ({ ...each, figures: { ...each.figures } })),
    raise: raise === null ? null : { ...raise },
  };
}
