import type * as z from 'zod';
import type { QualityInput, QualityReport } from '../../contract/schemas/quality.ts';
import { laddersOf } from '../../core/explain/ladders.ts';
import { rankNarrowing } from '../../core/explain/narrowing.ts';
import type { NodeShare } from '../../core/explain/node-share.ts';
import { toPeriod } from '../ranges/instants.ts';
import { coverageOf, shareOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { figuresOf, qualityOf } from './figures.ts';
import { CLOSELY, nodeShares } from './node-shares.ts';
import { scopeOf } from './scope.ts';

const MOST_LISTED_NODES = 500;

/** How sure the figures of a range are: where each ladder stood, and what would narrow the range most. */
export async function quality(
  input: z.infer<typeof QualityInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof QualityReport>> {
  const scope = await scopeOf(input, '24h', deps);
  const [totals, shares, [coverage]] = await Promise.all([
    deps.store.totals(scope.filter, scope.range, signal),
    nodeShares(scope, CLOSELY, deps, signal),
    coverageOf(scope.clusters, [scope.range], deps, signal),
  ]);
  return {
    period: toPeriod(scope.range),
    figures: figuresOf(totals),
    quality: qualityOf(totals),
    coverage: coverage === undefined || coverage.expectedSeconds === 0 ? null : shareOf(coverage),
    ladders: laddersOf(shares).map((ladder) => ({ ...ladder, rungs: [...ladder.rungs] })),
    narrowing: rankNarrowing(shares, 'carbon'),
    nodes: nodesOf(shares),
  };
}

/** One line a node: its newest sources, and all of its energy. */
function nodesOf(shares: readonly NodeShare[]): z.infer<typeof QualityReport>['nodes'] {
  const byNode = new Map<string, { newest: NodeShare; joules: number }>();
  for (const share of shares) {
    if (share.node === '') continue;
    const key = `${share.clusterId} ${share.node}`;
    byNode.set(key, { newest: share, joules: (byNode.get(key)?.joules ?? 0) + share.joules });
  }
  return [...byNode.values()]
    .sort((a, b) => b.joules - a.joules)
    .slice(0, MOST_LISTED_NODES)
    .map(({ newest, joules }) => ({
      cluster: newest.clusterId,
      node: newest.node,
      instance_type: newest.instanceType,
      power: newest.sources.power,
      cpu: newest.sources.cpu,
      intensity: newest.sources.intensity,
      embodied: newest.sources.embodied,
      joules,
    }));
}
