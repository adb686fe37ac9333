import { setTimeout as sleep } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import type { OpenedBackend } from './contexts.ts';

type Client = OpenedBackend['client'];

/** What a person is told, and when. */
export interface Told {
  readonly message: string;
  readonly hint: string | null;
  readonly milliseconds: number;
}

export interface Checked {
  readonly steps: readonly {
    readonly source: string;
    readonly state: string;
    readonly detail: string;
    readonly hint: string | null;
  }[];
  readonly error: Told | null;
  readonly milliseconds: number;
}

/** `contexts.check` to its end; only the last word on each source is kept. */
export async function check(client: Client, context: string): Promise<Checked> {
  const started = performance.now();
  const steps = new Map<string, Checked['steps'][number]>();
  let error: Told | null = null;
  try {
    for await (const step of await client.contexts.check({ context })) steps.set(step.source, step);
  } catch (thrown) {
    error = toldBy(thrown, started);
  }
  return { steps: [...steps.values()], error, milliseconds: performance.now() - started };
}

/** `contexts.collect`: the rows that it stored, or what it threw. */
export async function collect(
  client: Client,
  context: string,
  last = '6h',
): Promise<{ rows: number; error: Told | null }> {
  const started = performance.now();
  let rows = 0;
  try {
    for await (const event of await client.contexts.collect({ context, last })) {
      if (event.kind === 'result') rows = event.result.rows;
    }
    return { rows, error: null };
  } catch (thrown) {
    return { rows, error: toldBy(thrown, started) };
  }
}

/** What the lists say of contexts that are switched on, and when they said it first; ends when all of `wanted` are told of. */
export async function watchTrouble(
  client: Client,
  wanted: readonly string[],
  limitMilliseconds: number,
): Promise<Map<string, Told>> {
  const started = performance.now();
  const told = new Map<string, Told>();
  while (performance.now() - started < limitMilliseconds && wanted.some((name) => !told.has(name))) {
    const milliseconds = performance.now() - started;
    for (const { name, problem, last_error } of (await client.contexts.list()).contexts) {
      const trouble = problem ?? last_error ?? null;
      if (trouble !== null && !told.has(name)) told.set(name, { ...trouble, milliseconds });
    }
    await sleep(200);
  }
  return told;
}

/** What the health of the system says of the usage of clusters that are read, and when it said it first. */
export async function watchUsage(
  client: Client,
  wanted: readonly string[],
  limitMilliseconds: number,
): Promise<Map<string, Told>> {
  const started = performance.now();
  const told = new Map<string, Told>();
  while (performance.now() - started < limitMilliseconds && wanted.some((name) => !told.has(name))) {
    const { clusters } = await client.clusters.list();
    const nameOf = new Map(clusters.map((item) => [item.id, item.context_name ?? '']));
    for (const source of (await client.system.health()).sources) {
      const name = nameOf.get(source.cluster_id ?? '') ?? '';
      const isTrouble = source.name === 'usage' && (source.state === 'partial' || source.state === 'failed');
      if (!isTrouble || told.has(name) || !wanted.includes(name)) continue;
      const { detail: message, hint } = source;
      told.set(name, { message, hint, milliseconds: performance.now() - started });
    }
    await sleep(200);
  }
  return told;
}

function toldBy(thrown: unknown, started: number): Told {
  if (!(thrown instanceof ORPCError)) throw thrown;
  const data = thrown.data as { hint: string | null };
  return { message: thrown.message, hint: data.hint, milliseconds: performance.now() - started };
}
