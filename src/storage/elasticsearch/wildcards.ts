import type { Query } from './requests.ts';

/** Documents whose field holds a text, in any case of ASCII letters. */
export function holdsText(field: string, text: string): Query {
  return wildcard(field, `*${escaped(text)}*`);
}

/** Documents whose field fits a pattern: a glob where it has `*` or `?`, else a part of the name. */
export function fitsPattern(field: string, pattern: string): Query {
  return /[*?]/.test(pattern) ? wildcard(field, pattern.replaceAll('\\', '\\\\')) : holdsText(field, pattern);
}

function wildcard(field: string, value: string): Query {
  return { wildcard: { [field]: { value, case_insensitive: true } } };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*?]/g, (sign) => `\\${sign}`);
}
