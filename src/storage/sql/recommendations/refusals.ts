import { Failure } from '../../../model/failure.ts';

/** What is written under the lease of a cluster is of that cluster. Throws `Failure` bad-input. */
export function checkCluster(clusterId: string, of: readonly { readonly clusterId: string }[]): void {
  if (of.every((each) => each.clusterId === clusterId)) return;
  throw new Failure('bad-input', 'Nothing was stored: a line is of another cluster than it is written for.', {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
