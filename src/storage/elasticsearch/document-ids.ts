import { createHash } from 'node:crypto';

/** An id that follows from what a document is about: the same again is the same document. */
export function idOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 24);
}
