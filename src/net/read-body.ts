import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Failure } from '../model/failure.ts';

/**
 * The whole body as text, unpacked if it is gzip, at most `maxBytes` of it after unpacking. A longer one is given up at once:
 * `Failure('too-large')`.
 */
export async function readBody(
  body: Readable,
  encoding: string | null,
  maxBytes: number,
  where: string,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(where, maxBytes);
      chunks.push(chunk);
    }
  };
  if (encoding === 'gzip') await pipeline(body, createGunzip(), collect);
  else await pipeline(body, collect);
  return Buffer.concat(chunks, size).toString('utf8');
}

function tooLarge(where: string, maxBytes: number): Failure {
  return new Failure('too-large', `The answer of ${where} is larger than ${Math.round(maxBytes / 1_048_576)} MiB.`, {
    hint: 'Ask for a shorter range or a smaller part.',
  });
}
