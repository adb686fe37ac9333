export const MASK = '••••••••';

const SECRET_NAME =
  /pass(word|wd|phrase)?|pwd|secret|token|key|credential|cert|dsn|connection|auth|private|signature|webhook|cookie|salt|license/i;
/** Names that hold a word of the list and yet no secret: a reference, a switch, or the name of something. */
const HARMLESS_NAME =
  /^(existing(secret|claim|configmap).*|.*(name|ref|enabled|path|mount|file|type|kind|policy|size|length|algorithm|duration|timeout|ttl|days|(?<!ac)count|issuer|class|create|automount.*|topologykey))$/i;
const URL_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;
const KNOWN_FORMS =
  /-----BEGIN |^(eyJ[\w-]{8,}\.|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA|ASIA|sk-|sk_|pk_live|rk_live|npm_|dop_v1_|hvs\.|AIza|SG\.|ya29\.|AccountKey=)|\b(password|pwd|accountkey|sharedaccesskey|secret)\s*[=:]/i;
const TOKEN_LIKE = /[A-Za-z0-9+/_=.~-]{20,}/g;
const HIGH_ENTROPY_BITS = 3.6;
const LONGEST_VALUE = 4_096;
const DEEPEST = 40;

/**
 * Values of a release with all that looks secret replaced: what stands under a telling name (with everything below it), tokens and keys
 * by their form, strings that look random, and addresses with passwords. Null, numbers and switches under harmless names stay.
 */
export function maskValues(value: unknown): unknown {
  return masked(value, false, 0);
}

function masked(value: unknown, isSecret: boolean, depth: number): unknown {
  if (depth > DEEPEST) return MASK;
  if (typeof value === 'string') return isSecret && value !== '' ? MASK : maskedText(value);
  if (Array.isArray(value)) return maskedList(value, isSecret, depth);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, masked(each, isSecretBelow(name, isSecret, each), depth + 1)]),
    );
  }
  return isSecret && (typeof value === 'number' || typeof value === 'bigint') ? MASK : value;
}

/** Lists of `{name, value}` are how containers get their environment: the name tells of the value beside it. */
function maskedList(list: readonly unknown[], isSecret: boolean, depth: number): unknown[] {
  return list.map((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return masked(item, isSecret, depth + 1);
    const named = 'name' in item && typeof item.name === 'string' ? item.name : '';
    const isTold = isSecret || (named !== '' && SECRET_NAME.test(named));
    return Object.fromEntries(
      Object.entries(item).map(([name, each]) => {
        const isNameItself = name === 'name';
        return [name, masked(each, isNameItself ? isSecret : isTold || isSecretBelow(name, isSecret, each), depth + 1)];
      }),
    );
  });
}

function isSecretBelow(name: string, isSecret: boolean, value: unknown): boolean {
  if (isSecret) return true;
  if (typeof value === 'boolean' || value === null) return false;
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}

function maskedText(text: string): string {
  if (text.length > LONGEST_VALUE) return MASK;
  if (URL_PASSWORD.test(text) || KNOWN_FORMS.test(text)) return MASK;
  return (text.match(TOKEN_LIKE) ?? []).some(looksRandom) ? MASK : text;
}

/** Mixed letters and digits of high entropy; images, host names and paths are words with separators and stay. */
function looksRandom(word: string): boolean {
  const run = word.split(/[./_-]+/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const candidate = run.length >= 20 ? run : word;
  if (candidate.length < 20 || !/\d/.test(candidate) || !/[A-Za-z]/.test(candidate)) return false;
  if (candidate !== run) return false;
  return entropyBits(candidate) >= (/^[0-9a-f]+$/i.test(candidate) ? 3 : HIGH_ENTROPY_BITS);
}

/** Shannon entropy of a text's characters, in bits a character. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / text.length;
    return bits - share * Math.log2(share);
  }, 0);
}
