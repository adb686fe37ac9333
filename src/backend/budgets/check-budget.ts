import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { Budget } from '../../model/kubernetes/budget.ts';

/** @throws Failure bad-input for a budget that speaks of nothing, not-found for a cluster that is not there */
export function checkBudget(
  { scope, clusterId, key, unit }: Pick<Budget, 'scope' | 'clusterId' | 'key' | 'unit'>,
  clusters: readonly ClusterRecord[],
): void {
  const needsCluster = scope === 'cluster' || scope === 'namespace';
  if (needsCluster && clusterId === null) throw bad(`A budget of a ${scope} takes a cluster`);
  if (scope === 'cluster' && key !== null) throw bad('A budget of a cluster takes no key');
  if (scope !== 'cluster' && (key === null || key.trim() === ''))
    throw bad(`A budget of a ${scope} takes its name as key`);
  if (clusterId !== null && !clusters.some(({ id }) => id === clusterId)) {
    throw new Failure('not-found', `There is no cluster with the id "${clusterId}"`, {
      hint: 'GET /clusters lists the clusters that have results.',
    });
  }
  const currencies = new Set(clusters.map(({ currency }) => currency));
  if (unit === 'cost' && clusterId === null && currencies.size > 1) {
    throw bad(
      `The clusters count in ${[...currencies].sort().join(' and ')}; a budget of money takes one cluster then`,
    );
  }
}

function bad(message: string): Failure {
  return new Failure('bad-input', message);
}
