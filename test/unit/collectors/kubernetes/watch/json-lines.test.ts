import { describe, expect, test } from 'vitest';
import { lines } from '../../../../../src/collectors/kubernetes/watch/json-lines.ts';

async function* chunks(...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}
const all = async (source: AsyncIterable<string>) => {
  const found: string[] = [];
  for await (const line of source) found.push(line);
  return found;
};

describe('lines of a body', () => {
  test('are whole however the body is cut, and several a chunk come each by itself', async () => {
    expect(await all(lines(chunks('{"a"', ':1}\n{"b":2}\n{"c', '":3}\n')))).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  test('may be cut inside a character', async () => {
    const bytes = Buffer.from('"é"\n');
    expect(await all(lines(chunks(bytes.subarray(0, 2), bytes.subarray(2))))).toEqual(['"é"']);
  });

  test('empty ones, and what is left without a line feed, are dropped', async () => {
    expect(await all(lines(chunks('\n{"a":1}\n \n{"cut":')))).toEqual(['{"a":1}']);
  });

  test('that are too long end the reading, also while they are still coming', async () => {
    await expect(all(lines(chunks('aaaa', 'aaaa', 'aaaa'), 10))).rejects.toMatchObject({ code: 'too-large' });
    expect(await all(lines(chunks('aaaaaaaaaa\n', 'bbbbbbbbbb\n'), 10))).toHaveLength(2);
  });
});
