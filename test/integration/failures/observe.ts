import { ORPCError } from '@orpc/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedBackend } from './contexts.ts';

type Client = OpenedBackend['client'];

/** What a person is told, and when. */
export interface Told {
  readonly message: string;
  readonly hint: string | null;
  readonly milliseconds: number;
}

export interface Checked {
  readonly steps: readonly { readonly source: string; readonly state: string; readonly detail: string; readonly hint: string | null }[];
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
export async function collect(client: Client, context: string): Promise<{ rows: number; error: Told | null }> {
  const started = performance.now();
  let rows = 0;
  try {
    for await (const event of await client.contexts.collect({ context, last: '6h' })) {
      if (event.kind === 'result') rows = event.result.rows;
    }
    return { rows, error: null };
  } catch (thrown) {
    return { rows, error: toldBy(thrown, started) };
  }
}

/** What the lists say of a context that is switched on, as soon as they say anything. */
export async function troubleOf(client: Client, context: string, started: number, limit = 20_000): Promise<Told | null> {
  while (performance.now() - started < limit) {
    const item = (await client.contexts.list()).contexts.find(({ name }) => name === context);
    const found = item?.problem ?? item?.last_error ?? null;
    if (found !== null) return { ...found, milliseconds: performance.now() - started };
    await sleep(100);
  }
  return null;
}

function toldBy(thrown: unknown, started: number): Told {
  if (!(thrown instanceof ORPCError)) throw thrown;
  const data = thrown.data as { hint: string | null };
  return { message: thrown.message, hint: data.hint, milliseconds: performance.now() - started };
}
