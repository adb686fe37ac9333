import type { Transferable } from 'node:worker_threads';
import { FAILURE_CODES, Failure, type FailureCode } from '../../model/failure.ts';
import type { Recovery } from './damage/heal-stores.ts';

/** How a thread is started. */
export interface WorkerStart {
  readonly file: string;
  readonly role: 'writer' | 'reader';
  /** True for the first writer of an opening: nobody reads the file yet, so that a damaged one can be replaced. */
  readonly heals?: boolean;
}

/** Last call of a thread: it closes its file and ends. */
export const CLOSE_OPERATION = 'close';

/** A question to a thread; `input` is what the named operation takes. */
export interface Call {
  readonly id: number;
  readonly operation: string;
  readonly input: unknown;
}

/** A failure on its way between threads: a class doesn't survive the way, its fields do. */
export interface PlainFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string | null;
}

/** What a thread says: it is ready (or could not be), or answers a call. */
export type Reply =
  | { readonly kind: 'ready'; readonly recovery: Recovery | null }
  | { readonly kind: 'not-ready'; readonly failure: PlainFailure }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: PlainFailure };

const handedOver = new WeakMap<object, readonly Transferable[]>();

/** Says that an answer goes to the other thread with these buffers, uncopied: here they are then gone. */
export function handOver<Answer extends object>(answer: Answer, buffers: readonly Transferable[]): Answer {
  handedOver.set(answer, buffers);
  return answer;
}

/** What goes with a reply uncopied. */
export function transferOf(reply: Reply): readonly Transferable[] {
  const value = reply.kind === 'answer' ? reply.value : null;
  return (isRecord(value) ? handedOver.get(value) : undefined) ?? [];
}

export function plainFailure({ code, message, hint }: Failure): PlainFailure {
  return { code, message, hint };
}

export function failureOf({ code, message, hint }: PlainFailure): Failure {
  return new Failure(code, message, hint === null ? {} : { hint });
}

/** Guards the border of a thread: what comes in has the form of a start. */
export function isWorkerStart(data: unknown): data is WorkerStart {
  return isRecord(data) && typeof data.file === 'string' && (data.role === 'writer' || data.role === 'reader');
}

/** Guards the border of a thread: what comes in has the form of a call. */
export function isCall(message: unknown): message is Call {
  return isRecord(message) && Number.isSafeInteger(message.id) && typeof message.operation === 'string';
}

/** Guards the way back. */
export function isReply(message: unknown): message is Reply {
  if (!isRecord(message)) return false;
  const { kind, id, failure } = message;
  if (kind === 'ready') return true;
  if (kind === 'not-ready') return isPlainFailure(failure);
  if (kind === 'answer') return Number.isSafeInteger(id);
  return kind === 'refusal' && Number.isSafeInteger(id) && isPlainFailure(failure);
}

function isPlainFailure(value: unknown): value is PlainFailure {
  if (!isRecord(value) || typeof value.message !== 'string') return false;
  const known = FAILURE_CODES.some((code) => code === value.code);
  return known && (value.hint === null || typeof value.hint === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
