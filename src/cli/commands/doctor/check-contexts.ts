import type { CheckStep, ContextItem, Contexts } from '../../../contract/schemas/contexts.ts';
import type { Client } from '../../../server/client.ts';
import { readCallError } from '../../../server/client.ts';
import { type Finding, finding } from './finding.ts';

/** Contexts that are asked at once: sign-in programs and slow networks wait beside each other. */
const AT_ONCE = 4;

const STATES: Readonly<Record<CheckStep['state'], Finding['state'] | null>> = {
  running: null,
  passed: 'ok',
  partial: 'warning',
  failed: 'broken',
  'not-tried': null,
};

/** Files that could be read, and what is wrong with the others. */
export function checkFiles({ files, contexts }: Contexts): Finding[] {
  const found = files.map(({ path, problem }) =>
    problem === null
      ? finding('kubeconfig', 'ok', `${path} can be read`)
      : finding('kubeconfig', 'broken', `${path}: ${problem.message}`, problem.hint),
  );
  if (contexts.some((context) => !context.is_sample)) return found;
  const hint = 'Put one at ~/.kube/config, set KUBECONFIG, or name one with --kubeconfig.';
  return [...found, finding('kubeconfig', 'warning', 'There is no context in any kubeconfig', hint)];
}

/** Each context: can it be reached, may we read what we need, and what else answers there. */
export async function checkContexts(
  contexts: readonly ContextItem[],
  client: Client,
  signal: AbortSignal,
  onDone: (done: number, total: number) => void,
): Promise<Finding[]> {
  const real = contexts.filter((context) => !context.is_sample);
  const results = new Map<string, Finding[]>();
  const waiting = [...real];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next.name, await checkContext(next, client, signal));
      onDone(results.size, real.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return real.flatMap(({ name }) => results.get(name) ?? []);
}

async function checkContext({ name, problem }: ContextItem, client: Client, signal: AbortSignal): Promise<Finding[]> {
  const about = `context ${name}`;
  if (problem !== null) return [finding(about, 'broken', problem.message, problem.hint)];
  const steps = new Map<CheckStep['source'], CheckStep>();
  try {
    for await (const step of await client.contexts.check({ context: name }, { signal })) steps.set(step.source, step);
  } catch (error) {
    const call = readCallError(error);
    return [finding(about, 'broken', call?.message ?? 'The check ended unexpectedly', call?.hint ?? null)];
  }
  return [...steps.values()].flatMap(({ source, state, detail, hint }) => {
    const known = STATES[state];
    return known === null ? [] : [finding(`${about}: ${source}`, known, detail, hint)];
  });
}
