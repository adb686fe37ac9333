import { createHash, randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Log } from '../log.ts';
import { StoredValue } from '../settings/stored-value.ts';

const STATE_KEY = 'api-tokens';
/** Scanners for leaked secrets find it by this. */
const PREFIX = 'pw_';
const FORM = /^pw_[\w-]{43}$/;
const MOST_TOKENS = 100;
const DAY_SECONDS = 86_400;
/** The last use is told to the minute: not every request writes to the disk. */
const USE_STEP_SECONDS = 60;

const Scope = z.enum(['read', 'write', 'metrics']);
export type ApiTokenScope = z.infer<typeof Scope>;

const Record = z.object({
  id: z.string(),
  name: z.string(),
  scope: Scope,
  /** SHA-256 of the token, in hexadecimal: its 256 random bits need no salt and no slow hash. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAtSeconds: z.number(),
  expiresAtSeconds: z.number().nullable(),
  lastUsedAtSeconds: z.number().nullable(),
});
type Record = z.infer<typeof Record>;

/** A token as it may be shown. */
export type ApiTokenFacts = Omit<Record, 'hash'>;

export interface ApiTokensDeps {
  readonly state: AppState;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tokens for programs. What is kept can't be turned back into a token. */
export class ApiTokens {
  readonly #deps: ApiTokensDeps;
  readonly #records: StoredValue<Record[]>;

  private constructor(deps: ApiTokensDeps, records: StoredValue<Record[]>) {
    this.#deps = deps;
    this.#records = records;
  }

  static async open(deps: ApiTokensDeps): Promise<ApiTokens> {
    return new ApiTokens(deps, await StoredValue.open(deps.state, STATE_KEY, z.array(Record), []));
  }

  /** Youngest first; expired ones too, until somebody revokes them. */
  list(): ApiTokenFacts[] {
    return this.#records.value.map(factsOf).sort((one, other) => other.createdAtSeconds - one.createdAtSeconds);
  }

  /** @returns the token itself beside its facts; it is nowhere else afterwards */
  async create(input: {
    name: string;
    scope: ApiTokenScope;
    expiresInDays: number | null;
  }): Promise<ApiTokenFacts & { token: string }> {
    const { name, scope, expiresInDays } = input;
    const now = this.#deps.clock.nowSeconds();
    const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
    const record: Record = {
      id: randomUUID(),
      name,
      scope,
      hash: hashOf(token),
      createdAtSeconds: now,
      expiresAtSeconds: expiresInDays === null ? null : now + expiresInDays * DAY_SECONDS,
      lastUsedAtSeconds: null,
    };
    await this.#records.update((before) => [...checked(before, name), record]);
    this.#deps.log.info({ tokenId: record.id, name, scope }, 'An API token was made');
    return { ...factsOf(record), token };
  }

  /** It opens nothing from now on. @throws Failure 'not-found' */
  async revoke(id: string): Promise<void> {
    const record = this.#records.value.find((each) => each.id === id);
    if (record === undefined) {
      throw new Failure('not-found', `There is no API token with the id "${id}"`, {
        hint: 'GET /tokens lists them.',
      });
    }
    await this.#records.update((before) => before.filter((each) => each.id !== id));
    this.#deps.log.info({ tokenId: id, name: record.name }, 'An API token was revoked');
  }

  /** What a token may do; null where it is none of ours, or expired. */
  check(token: string): { id: string; scope: ApiTokenScope } | null {
    if (!FORM.test(token)) return null;
    const hash = hashOf(token);
    const now = this.#deps.clock.nowSeconds();
    // Who compares digests of random secrets learns nothing from the time it takes.
    const record = this.#records.value.find((each) => each.hash === hash);
    if (record === undefined || isExpired(record, now)) return null;
    this.#noteUse(record, now);
    return { id: record.id, scope: record.scope };
  }

  #noteUse({ id, lastUsedAtSeconds }: Record, now: EpochSeconds): void {
    if (lastUsedAtSeconds !== null && now - lastUsedAtSeconds < USE_STEP_SECONDS) return;
    const used = (each: Record) => (each.id === id ? { ...each, lastUsedAtSeconds: now } : each);
    this.#records
      .update((before) => before.map(used))
      .catch((error: unknown) => this.#deps.log.warn({ err: error }, 'The last use of an API token was not kept'));
  }
}

function checked(records: readonly Record[], name: string): readonly Record[] {
  if (records.some((each) => each.name === name)) {
    throw new Failure('conflict', `There is an API token named "${name}" already`, {
      hint: 'Choose another name, or revoke that one first.',
    });
  }
  if (records.length >= MOST_TOKENS) {
    throw new Failure('conflict', `There are ${MOST_TOKENS} API tokens already`, {
      hint: 'Revoke those that nobody uses.',
    });
  }
  return records;
}

function isExpired({ expiresAtSeconds }: Record, now: EpochSeconds): boolean {
  return expiresAtSeconds !== null && expiresAtSeconds <= now;
}

function factsOf({ hash: _, ...facts }: Record): ApiTokenFacts {
  return facts;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
