import type * as z from 'zod';
import type { ApiToken, ApiTokenInput, ApiTokens, NewApiToken } from '../../contract/schemas/tokens.ts';
import { toIso } from '../ranges/instants.ts';
import type { ApiTokenFacts } from '../tokens/api-tokens.ts';
import type { ApiDeps } from './deps.ts';

export function tokens({ apiTokens }: Pick<ApiDeps, 'apiTokens'>): z.infer<typeof ApiTokens> {
  return { tokens: apiTokens.list().map(wireOf) };
}

export async function createToken(
  input: z.infer<typeof ApiTokenInput>,
  { apiTokens }: Pick<ApiDeps, 'apiTokens'>,
): Promise<z.infer<typeof NewApiToken>> {
  const { name, scope, expires_in_days: expiresInDays } = input;
  const { token, ...facts } = await apiTokens.create({ name, scope, expiresInDays });
  return { ...wireOf(facts), token };
}

function wireOf(facts: ApiTokenFacts): ApiToken {
  const { id, name, scope, createdAtSeconds, expiresAtSeconds, lastUsedAtSeconds } = facts;
  return {
    id,
    name,
    scope,
    created_at: toIso(createdAtSeconds),
    expires_at: expiresAtSeconds === null ? null : toIso(expiresAtSeconds),
    last_used_at: lastUsedAtSeconds === null ? null : toIso(lastUsedAtSeconds),
  };
}
