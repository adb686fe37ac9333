import type { Window } from '../../model/time.ts';
import { endsOf, type ReadContext } from './read-context.ts';
import { CONTAINER_FORMS, type ContainerForm, CPU_COUNTER } from './usage-queries.ts';

/** The first form in which the server has containers in these windows; the usual one where it has none at all. */
export async function findContainerForm(context: ReadContext, piece: readonly Window[]): Promise<ContainerForm> {
  const { client, select, signal } = context;
  const [usual] = CONTAINER_FORMS;
  if (usual === undefined) throw new RangeError('no container form');
  const ends = endsOf(piece);
  const startSeconds = ends.startSeconds - ends.stepSeconds;
  for (const form of CONTAINER_FORMS) {
    const query = `count(${select(CPU_COUNTER, ...form.matchers)})`;
    const found = await client.range(query, { startSeconds, endSeconds: ends.endSeconds, stepSeconds: 300 }, signal);
    if (found.length > 0) return form;
  }
  return usual;
}
