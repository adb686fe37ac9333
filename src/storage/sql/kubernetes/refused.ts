import { Failure } from '../../../model/failure.ts';

/** What the tables themselves refused: a parent that is not there, or an object that is there under another id. */
export function refusedLines(cause: unknown): Failure {
  return new Failure('bad-input', 'Nothing was stored: an object names another one that the store does not have.', {
    hint: 'Clusters, namespaces and workloads are written before what belongs to them; the next full listing does so.',
    cause,
  });
}
