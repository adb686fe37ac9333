import type { estypes } from '@elastic/elasticsearch';
import { Failure } from '../../model/failure.ts';
import { wait, waitBefore } from './back-off.ts';
import { answerFailure, failureOf, isBusy, statusOf } from './failures.ts';
import type { Requests } from './requests.ts';

/** One thing to do: put a document in the place of one with its id, or take it away. */
export type Operation =
  | { readonly kind: 'put'; readonly index: string; readonly id: string; readonly document: object }
  | { readonly kind: 'delete'; readonly index: string; readonly id: string };

const PIECE_BYTES = 5_000_000;
const IN_FLIGHT = 2;

/** Called before each further piece is sent; throws where the work has become another's. */
export type MayGoOn = () => Promise<void>;

/**
 * Does all operations, in pieces of about 5 MB with at most two on their way, and makes them visible to searches. Items
 * that were refused for being too much are sent again by themselves; any other refusal is a `Failure`.
 */
export async function bulk(
  requests: Requests,
  operations: Iterable<Operation>,
  mayGoOn: MayGoOn = async () => {},
): Promise<void> {
  const touched = new Set<string>();
  const sent: Promise<void>[] = [];
  const running = new Set<Promise<void>>();
  const pieces = piecesOf(operations);
  let next = pieces.next();
  while (next.done !== true) {
    const piece = next.value;
    next = pieces.next();
    if (sent.length > 0) await mayGoOn();
    for (const line of piece) touched.add(line.index);
    // One piece alone is made visible by its own request.
    const isAlone = sent.length === 0 && next.done === true;
    const work = sendPiece(requests, piece, isAlone);
    if (isAlone) return work;
    const done = work.then(
      () => {},
      () => {},
    );
    sent.push(work);
    running.add(done);
    void done.then(() => running.delete(done));
    if (running.size >= IN_FLIGHT) await Promise.race(running);
  }
  await Promise.all(sent);
  await requests.refresh([...touched]);
}

interface Line {
  readonly index: string;
  readonly isDelete: boolean;
  readonly text: string;
}

function* piecesOf(operations: Iterable<Operation>): Generator<Line[]> {
  let piece: Line[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const { index, id } = operation;
    const isDelete = operation.kind === 'delete';
    const action = JSON.stringify({ [isDelete ? 'delete' : 'index']: { _index: index, _id: id } });
    const text = isDelete ? `${action}\n` : `${action}\n${JSON.stringify(operation.document)}\n`;
    if (bytes + text.length > PIECE_BYTES && piece.length > 0) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push({ index, isDelete, text });
    bytes += text.length;
  }
  if (piece.length > 0) yield piece;
}

async function sendPiece(requests: Requests, piece: readonly Line[], isRefreshed: boolean): Promise<void> {
  const { backOff } = requests;
  let left = piece;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > 1) await wait(waitBefore(attempt - 1, backOff), requests.options().signal);
    left = await sendOnce(requests, left, isRefreshed, attempt > backOff.tries);
  }
}

/** Sends lines once and answers those to send again; on the last try whatever is left is a failure. */
async function sendOnce(
  requests: Requests,
  lines: readonly Line[],
  isRefreshed: boolean,
  isLast: boolean,
): Promise<readonly Line[]> {
  let answer: estypes.BulkResponse;
  try {
    // The lines are sent as the text they are: `operations` would be serialized again.
    answer = await requests.client.transport.request<estypes.BulkResponse>(
      {
        method: 'POST',
        path: isRefreshed ? '/_bulk?refresh=true' : '/_bulk',
        bulkBody: lines.map((line) => line.text).join(''),
      },
      requests.options(),
    );
  } catch (error) {
    if (isBusy(statusOf(error)) && !isLast) return lines;
    throw failureOf(error);
  }
  if (!answer.errors) return [];
  const again: Line[] = [];
  answer.items.forEach((item, place) => {
    const line = lines[place];
    const result = item.index ?? item.delete;
    if (line === undefined || result === undefined)
      throw new Failure('store', 'A bulk answer does not fit its request.');
    if (result.status < 300 || (line.isDelete && result.status === 404)) return;
    if (!isBusy(result.status) || isLast) throw answerFailure(result.status, result.error?.type ?? '');
    again.push(line);
  });
  return again;
}
