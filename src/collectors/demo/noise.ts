/**
 * Deterministic noise: the same words give the same number in [0, 1). FNV-1a with a final avalanche, so that
 * neighbouring windows don't look alike.
 */
export function noise(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const word of words) {
    for (const character of `${word}|`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A name's tail as Kubernetes makes them: no vowels, so that no words arise. */
export function suffix(length: number, ...words: readonly (string | number)[]): string {
  return Array.from({ length }, (_, index) => {
    const position = Math.floor(noise(...words, index) * SUFFIX_LETTERS.length);
    return SUFFIX_LETTERS.charAt(position);
  }).join('');
}

/** A factor round 1, at most `spread` away from it. */
export function jitter(spread: number, ...words: readonly (string | number)[]): number {
  return 1 + spread * (2 * noise(...words) - 1);
}
