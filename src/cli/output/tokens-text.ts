import type { ApiToken } from '../../contract/schemas/tokens.ts';
import { formatTable } from './text-table.ts';

/** Tokens without their secrets, youngest first. */
export function formatTokens(tokens: readonly ApiToken[], nowMilliseconds: number): string {
  if (tokens.length === 0) return 'There are no API tokens. podwatt tokens create NAME makes one.\n';
  return formatTable(
    [
      { title: 'NAME', text: (token) => token.name },
      { title: 'SCOPE', text: (token) => token.scope },
      { title: 'CREATED', text: (token) => token.created_at },
      { title: 'EXPIRES', text: (token) => expiry(token, nowMilliseconds) },
      { title: 'LAST USED', text: (token) => token.last_used_at ?? 'never' },
      { title: 'ID', text: (token) => token.id },
    ],
    tokens,
  );
}

function expiry({ expires_at }: ApiToken, nowMilliseconds: number): string {
  if (expires_at === null) return 'never';
  return Date.parse(expires_at) <= nowMilliseconds ? `${expires_at} (over)` : expires_at;
}
