import { beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from '../../../../src/backend/tokens/api-tokens.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { createRecordingLog } from '../../../fakes/router/recording-log.ts';

const START = 1_772_000_000;
const DAY = 86_400;
let state: MemoryState;
let time: ManualTime;
let log: ReturnType<typeof createRecordingLog>;
const open = () => ApiTokens.open({ state, clock: time, log });
beforeEach(() => {
  state = new MemoryState();
  time = new ManualTime(START);
  log = createRecordingLog();
});

describe('a token', () => {
  it('is told once: nothing that is kept, listed or logged holds it', async () => {
    const tokens = await open();
    const made = await tokens.create({ name: 'ci', scope: 'read', expiresInDays: 90 });
    expect(made.token).toMatch(/^pw_[\w-]{43}$/);
    expect(made).toMatchObject({
      name: 'ci',
      scope: 'read',
      expiresAtSeconds: START + 90 * DAY,
      lastUsedAtSeconds: null,
    });
    const secret = made.token.slice(3);
    for (const place of [[...state.values], tokens.list(), log.lines]) {
      expect(JSON.stringify(place)).not.toContain(secret);
    }
    expect(JSON.stringify([...state.values])).toMatch(/"hash":"[0-9a-f]{64}"/);
    expect(JSON.stringify(tokens.list())).not.toContain('hash');
  });

  it('opens what its scope says, also after a restart', async () => {
    const made = await (await open()).create({ name: 'ci', scope: 'metrics', expiresInDays: null });
    const again = await open();
    expect(again.check(made.token)).toEqual({ id: made.id, scope: 'metrics' });
    expect(again.list()).toMatchObject([{ name: 'ci', expiresAtSeconds: null }]);
  });

  it.each(['', 'pw_', 'Bearer', `pw_${'A'.repeat(43)}`, `xx_${'A'.repeat(43)}`])('%j opens nothing', async (given) => {
    const tokens = await open();
    await tokens.create({ name: 'ci', scope: 'write', expiresInDays: null });
    expect(tokens.check(given)).toBeNull();
  });

  it('ends in the second in which it expires, and stays in the list', async () => {
    const tokens = await open();
    const { token } = await tokens.create({ name: 'ci', scope: 'read', expiresInDays: 1 });
    await time.advance(DAY - 1);
    expect(tokens.check(token)).not.toBeNull();
    await time.advance(1);
    expect(tokens.check(token)).toBeNull();
    expect(tokens.list()).toHaveLength(1);
  });

  it('opens nothing once it is revoked, and another one still does', async () => {
    const tokens = await open();
    const [one, other] = [
      await tokens.create({ name: 'one', scope: 'read', expiresInDays: null }),
      await tokens.create({ name: 'other', scope: 'read', expiresInDays: null }),
    ];
    await tokens.revoke(one.id);
    expect([tokens.check(one.token), tokens.check(other.token)?.id]).toEqual([null, other.id]);
    expect((await open()).list().map(({ name }) => name)).toEqual(['other']);
    await expect(tokens.revoke(one.id)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the last use', () => {
  it('is kept, to the minute', async () => {
    const tokens = await open();
    const { token } = await tokens.create({ name: 'ci', scope: 'read', expiresInDays: null });
    const lastUse = () => tokens.list()[0]?.lastUsedAtSeconds;
    expect(lastUse()).toBeNull();
    tokens.check(token);
    expect(lastUse()).toBe(START);
    await time.advance(59);
    tokens.check(token);
    expect(lastUse()).toBe(START);
    await time.advance(1);
    tokens.check(token);
    expect(lastUse()).toBe(START + 60);
    await expect.poll(async () => (await open()).list()[0]?.lastUsedAtSeconds).toBe(START + 60);
  });

  it('that can not be written keeps nobody out', async () => {
    const tokens = await open();
    const { token } = await tokens.create({ name: 'ci', scope: 'read', expiresInDays: null });
    state.set = () => Promise.reject(new Error('disk full'));
    expect(tokens.check(token)).not.toBeNull();
    await expect.poll(() => log.lines.join()).toContain('The last use of an API token was not kept');
  });
});

describe('the list', () => {
  it('has names once, the youngest first, and an end', async () => {
    const tokens = await open();
    for (let index = 0; index < 100; index += 1) {
      await tokens.create({ name: `token ${index}`, scope: 'read', expiresInDays: null });
      await time.advance(1);
    }
    expect(
      tokens
        .list()
        .slice(0, 2)
        .map(({ name }) => name),
    ).toEqual(['token 99', 'token 98']);
    await expect(tokens.create({ name: 'token 5', scope: 'read', expiresInDays: 1 })).rejects.toMatchObject({
      code: 'conflict',
      message: 'There is an API token named "token 5" already',
    });
    await expect(tokens.create({ name: 'new', scope: 'read', expiresInDays: 1 })).rejects.toThrow('100 API tokens');
    expect(tokens.list()).toHaveLength(100);
  });

  it('that was damaged counts as empty', async () => {
    state.values.set('api-tokens', [{ name: 'ci', hash: 'not a hash' }]);
    expect((await open()).list()).toEqual([]);
  });
});
