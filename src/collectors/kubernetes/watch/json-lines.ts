import { Failure } from '../../../model/failure.ts';

/** No object of Kubernetes is larger than etcd's 1.5 MiB; in JSON with escapes a little more. */
export const LONGEST_LINE_BYTES = 8 * 1_048_576;
const LINE_FEED = 0x0a;

/** Lines of a body as they come, each at most so long; the rest after the last line feed is a cut line and is dropped. */
export async function* lines(
  body: AsyncIterable<Uint8Array>,
  longestBytes: number = LONGEST_LINE_BYTES,
): AsyncGenerator<string, void> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      const part = chunk.subarray(start, end === -1 ? undefined : end);
      size += part.length;
      if (size > longestBytes) throw tooLong(longestBytes);
      parts.push(part);
      if (end === -1) break;
      const line = Buffer.concat(parts, size).toString('utf8');
      parts = [];
      size = 0;
      start = end + 1;
      if (line.trim() !== '') yield line;
    }
  }
}

function tooLong(longestBytes: number): Failure {
  return new Failure('too-large', `One event of a watch is longer than ${Math.round(longestBytes / 1_048_576)} MiB.`, {
    hint: 'Check that the address is that of a Kubernetes API server.',
  });
}
