import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';

/**
 * The cluster that a person means by its id, name or context.
 * @throws Failure 'not-found', or 'bad-input' where several have the name
 */
export function findCluster(clusters: readonly ClusterRecord[], wanted: string): ClusterRecord {
  const byId = clusters.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const named = clusters.filter(({ name, contextName }) => name === wanted || contextName === wanted);
  const [first] = named;
  if (first !== undefined && named.length === 1) return first;
  if (named.length > 1) {
    throw new Failure('bad-input', `${named.length} clusters are called ${wanted}`, {
      hint: `Give the id of one of them: ${named.map(({ id }) => id).join(', ')}.`,
    });
  }
  const known = clusters.map(({ name, id }) => `${name} (${id})`).join(', ');
  throw new Failure('not-found', `The store has no cluster ${wanted}`, {
    hint:
      clusters.length === 0
        ? 'GreenKube does not say which cluster its history is of. Connect the cluster to Podwatt once, then import.'
        : `It has ${known}. Connect another one to Podwatt once, then import.`,
  });
}
