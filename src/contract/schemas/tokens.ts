import * as z from 'zod';
import { Instant } from './primitives.ts';

/** `read`: everything that changes nothing. `write`: that, and changes. `metrics`: only the exporter. */
export const TokenScope = z.enum(['read', 'write', 'metrics']);
export type TokenScope = z.infer<typeof TokenScope>;

/** A token without its secret: that is hashed at rest and shown once, when it is made. */
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  scope: TokenScope,
  created_at: Instant,
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;
export const ApiTokens = z.object({ tokens: z.array(ApiToken) });
export const ApiTokenInput = z.object({
  name: z.string().trim().min(1).max(100),
  scope: TokenScope.default('read'),
  expires_in_days: z.coerce.number().int().min(1).max(3650).nullable().default(90),
});
export const NewApiToken = ApiToken.extend({ token: z.string() });
export const ApiTokenIdInput = z.object({ id: z.string().min(1).max(64) });
