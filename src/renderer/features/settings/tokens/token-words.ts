import type { ApiToken, TokenScope } from '../../../../contract/schemas/tokens.ts';
import { formatAge, formatDate, formatYear } from '../../../format/time.ts';

export const SCOPES: readonly { readonly value: TokenScope; readonly name: string; readonly about: string }[] = [
  { value: 'read', name: 'Read', about: 'Everything that changes nothing.' },
  { value: 'write', name: 'Read and change', about: 'Also changes: budgets, settings, recommendations.' },
  { value: 'metrics', name: 'Metrics only', about: 'The exporter at /prometheus/metrics and nothing else.' },
];
export const scopeName = (scope: TokenScope): string => SCOPES.find(({ value }) => value === scope)?.name ?? scope;

/** For how long a token may live, as the choices of the form. */
export const LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'No end' },
] as const;
export type Life = (typeof LIVES)[number]['value'];

const SOON_MS = 14 * 86_400_000;

/** When it ends, and whether that is soon or past. */
export function expiryOf(
  token: Pick<ApiToken, 'expires_at'>,
  nowMs: number,
  tz: string,
): { words: string; tone: 'plain' | 'warn' | 'bad' } {
  if (token.expires_at === null) return { words: 'no end', tone: 'plain' };
  const at = Date.parse(token.expires_at);
  const date = `${formatDate(at, tz)} ${formatYear(at, tz)}`;
  if (at <= nowMs) return { words: `ended ${date}`, tone: 'bad' };
  return { words: date, tone: at - nowMs < SOON_MS ? 'warn' : 'plain' };
}

export const usedWords = (token: Pick<ApiToken, 'last_used_at'>, nowMs: number, tz: string): string =>
  token.last_used_at === null ? 'never' : formatAge(token.last_used_at, nowMs, tz);
