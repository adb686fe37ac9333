/** Pseudo-random values that depend on their arguments alone: the same window always reads the same. */

/** 32-bit hash of a text (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return finish(hash);
}

/** A value from 0 up to 1 for a seed and a step. */
export function noiseOf(seed: number, step: number): number {
  return finish(seed ^ Math.imul(step, 0x9e3779b1)) / 4_294_967_296;
}

/** A value between two bounds. */
export function between(low: number, high: number, share: number): number {
  return low + (high - low) * share;
}

/** Letters and digits that Kubernetes uses for the ends of generated names. */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** The generated end of a pod's or ReplicaSet's name. */
export function nameSuffix(text: string, length: number): string {
  const seed = hashOf(text);
  let suffix = '';
  for (let index = 0; index < length; index += 1) {
    suffix += NAME_ALPHABET[Math.floor(noiseOf(seed, index) * NAME_ALPHABET.length)] ?? 'x';
  }
  return suffix;
}

/** A UUID (its version and variant bits as in version 4) made from a text. */
export function uuidOf(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hashOf(`${part}/${text}`).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Spreads a hash over all its bits (the last step of MurmurHash3). */
function finish(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
