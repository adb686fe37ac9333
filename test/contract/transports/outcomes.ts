import { ORPCError } from '@orpc/client';
import * as z from 'zod';
import { ErrorData } from '../../../src/contract/errors.ts';
import { ExportChunk } from '../../../src/contract/schemas/reports.ts';
import type { PodwattClient } from '../../../src/renderer/rpc/create-client.ts';

/** What a caller got, without anything that belongs to the transport. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly events: unknown[] }
  | { readonly file: { readonly name: string; readonly text: string } }
  | {
      readonly error: {
        readonly status: number;
        readonly failure: string;
        readonly message: string;
        readonly hint: string | null;
      };
    };

export type Call = (
  path: readonly [string, string],
  input: unknown,
  options?: { take?: number | undefined },
) => Promise<Outcome>;

type AnyCall = (input: unknown, options?: { signal?: AbortSignal }) => Promise<unknown>;

/** Calls an operation of the typed client by its path. */
export function callsOf(client: PodwattClient): Call {
  return async ([group, name], input, { take } = {}) => {
    const operation = Reflect.get(Reflect.get(client, group), name) as AnyCall;
    try {
      const answer = await operation(input);
      if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return { value: answer };
      return fileOf(await eventsOf(answer as AsyncIterable<unknown>, take));
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      const data = ErrorData.parse(error.data);
      return { error: { status: error.status, failure: data.failure, message: error.message, hint: data.hint } };
    }
  };
}

async function eventsOf(stream: AsyncIterable<unknown>, take = Number.POSITIVE_INFINITY): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length >= take) break;
  }
  return events;
}

/** The pieces of an export as the file that they are. */
function fileOf(events: unknown[]): Outcome {
  const chunks = z.array(ExportChunk).safeParse(events);
  const first = chunks.success ? chunks.data[0] : undefined;
  if (!chunks.success || first?.kind !== 'file') return { events };
  return {
    file: {
      name: first.file_name,
      text: chunks.data.map((chunk) => (chunk.kind === 'text' ? chunk.text : '')).join(''),
    },
  };
}

const RestError = z.strictObject({ detail: z.string(), code: z.string(), hint: z.string().nullable() });

export interface RestCall {
  /** Path below `/api/v1`; `{name}` is filled in from the input. */
  readonly path: string;
  readonly method?: 'POST' | 'PATCH' | 'DELETE' | undefined;
  /** Status of a success; 200 where left out. */
  readonly status?: number | undefined;
}

/** Calls the REST route of an operation: its input in the path, the rest as a query, or as a body where it changes something. */
export async function callRest(
  origin: string,
  { path, method, status = 200 }: RestCall,
  input: unknown,
  take?: number,
): Promise<Outcome> {
  const left = new Map(Object.entries(input ?? {}));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = encodeURIComponent(String(left.get(name)));
    left.delete(name);
    return value;
  });
  const query =
    method === undefined ? new URLSearchParams([...left].map(([name, value]) => [name, String(value)])) : '';
  const aborter = new AbortController();
  const hasBody = method !== undefined && left.size > 0;
  const answer = await fetch(`${origin}/api/v1${filled}?${query}`, {
    signal: aborter.signal,
    method: method ?? 'GET',
    ...(hasBody
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(Object.fromEntries(left)) }
      : {}),
  });
  const type = answer.headers.get('content-type') ?? '';
  const disposition = answer.headers.get('content-disposition');
  if (!answer.ok) {
    const { detail, code, hint } = RestError.parse(await answer.json());
    return { error: { status: answer.status, failure: code, message: detail, hint } };
  }
  if (answer.status !== status) throw new Error(`${path} answers ${answer.status}, not ${status}`);
  if (answer.status === 204) return { value: (await answer.text()) === '' ? undefined : 'a body' };
  if (disposition !== null)
    return { file: { name: /filename="([^"]+)"/.exec(disposition)?.[1] ?? '', text: await answer.text() } };
  if (!type.startsWith('text/event-stream')) return { value: await answer.json() };
  const events = await eventsOf(serverEvents(answer), take);
  aborter.abort();
  return { events };
}

async function* serverEvents(answer: Response): AsyncGenerator<unknown> {
  let text = '';
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (/^event: message$/m.test(block) && data !== undefined) yield JSON.parse(data);
    }
  }
}
