import type { Window } from '../../model/time.ts';
import { endsOf, type ReadContext } from './read-context.ts';
import { CONTAINER_FORMS, type ContainerForm, CPU_COUNTER, FIRST_FORM } from './usage-queries.ts';

export interface ContainersSeen {
  readonly form: ContainerForm;
  /** Most container series at once; 0 where there are none at all. */
  readonly count: number;
}

const STEP_SECONDS = 300;

/** The first form in which the server has containers in these windows, and how many; the usual one where it has none. */
export async function findContainers(context: ReadContext, windows: readonly Window[]): Promise<ContainersSeen> {
  const { client, select, signal } = context;
  const ends = endsOf(windows);
  const steps = {
    startSeconds: ends.startSeconds - ends.stepSeconds,
    endSeconds: ends.endSeconds,
    stepSeconds: STEP_SECONDS,
  };
  for (const form of CONTAINER_FORMS) {
    const [found] = await client.range(`count(${select(CPU_COUNTER, ...form.matchers)})`, steps, signal);
    if (found !== undefined) return { form, count: Math.max(...found.samples.map((sample) => sample.value)) };
  }
  return { form: FIRST_FORM, count: 0 };
}
