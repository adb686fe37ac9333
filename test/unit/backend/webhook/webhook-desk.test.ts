import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SealedSecrets } from '../../../../src/backend/secrets/secrets.ts';
import { Outbox } from '../../../../src/backend/webhook/outbox.ts';
import { checkedWebhookUrl, WEBHOOK_SECRET } from '../../../../src/backend/webhook/webhook-target.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { openAppState } from '../../../../src/storage/sqlite/index.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { ADDRESS_CANARY, answering, type Receiver, SECRET_CANARY, startReceiver } from './receiver.ts';
import { NOW, openDesk, raised } from './webhook-bench.ts';

const URL_OF_CHAT = `https://chat.example/services/${ADDRESS_CANARY}`;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

describe('the address', () => {
  it.each([
    ['https://chat.example/hook?t=1#part', 'https://chat.example/hook?t=1'],
    [' https://10.20.30.40:8443/hook ', 'https://10.20.30.40:8443/hook'],
    ['http://localhost:9000/x', 'http://localhost:9000/x'],
    ['http://127.0.0.1/x', 'http://127.0.0.1/x'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('%s is taken', (typed, kept) => {
    expect(checkedWebhookUrl(typed)).toBe(kept);
  });

  it.each([
    `http://chat.example/${ADDRESS_CANARY}`,
    `http://10.0.0.1/${ADDRESS_CANARY}`,
    `http://localhost.example/${ADDRESS_CANARY}`,
    `ftp://chat.example/${ADDRESS_CANARY}`,
    `https://user:${ADDRESS_CANARY}@chat.example/`,
    `https://169.254.169.254/${ADDRESS_CANARY}`,
    `https://[::ffff:169.254.169.254]/${ADDRESS_CANARY}`,
    `https://[fd00:ec2::254]/${ADDRESS_CANARY}`,
    `https://2852039166/${ADDRESS_CANARY}`,
    `no address ${ADDRESS_CANARY}`,
  ])('%s is refused in words that do not repeat it', (typed) => {
    const refused = (() => {
      try {
        return checkedWebhookUrl(typed);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(Failure);
    if (!(refused instanceof Failure)) return;
    expect(refused.code).toBe('bad-input');
    expect(`${refused.message} ${refused.hint}`).not.toContain(ADDRESS_CANARY);
  });
});

describe('the webhook', () => {
  it('is sealed with its secret, shows its host alone, and is there after a restart', async () => {
    const state = new MemoryState();
    const { desk } = await openDesk({ state });
    await desk.save({ url: URL_OF_CHAT, secret: SECRET_CANARY });
    const again = (await openDesk({ state })).desk;
    expect(again.view()).toEqual({ host: 'chat.example', hasSecret: true, deliveries: [] });
    const kept = JSON.stringify([...state.values]);
    for (const canary of [ADDRESS_CANARY, SECRET_CANARY, 'chat.example']) expect(kept).not.toContain(canary);
  });

  it('keeps what is left out of a change; a secret of null goes', async () => {
    const { desk } = await openDesk();
    await expect(desk.save({ secret: 'x' })).rejects.toMatchObject({ code: 'bad-input' });
    await desk.save({ url: URL_OF_CHAT, secret: SECRET_CANARY });
    await desk.save({ url: 'https://other.example/' });
    expect(desk.view()).toMatchObject({ host: 'other.example', hasSecret: true });
    await desk.save({ secret: null });
    expect(desk.view()).toMatchObject({ host: 'other.example', hasSecret: false });
  });

  it('is sealed anew with another key, and counts as not set where it can’t be opened', async () => {
    const state = new MemoryState();
    let key = new Uint8Array(32).fill(5);
    const old = key;
    const secrets = new SealedSecrets({ state, key: async () => key, olderKeys: async () => [old] });
    const { desk } = await openDesk({ state, secrets });
    await desk.save({ url: URL_OF_CHAT });
    key = new Uint8Array(32).fill(6);
    await secrets.sealAnew([WEBHOOK_SECRET]);
    const withNew = new SealedSecrets({ state, key: async () => key });
    expect((await openDesk({ state, secrets: withNew })).desk.view().host).toBe('chat.example');
    expect((await openDesk({ state })).desk.view().host).toBeNull();
    const noKey = new SealedSecrets({ state, key: () => Promise.reject(new Error('no key file')) });
    expect((await openDesk({ state, secrets: noKey })).desk.view().host).toBeNull();
  });

  it('is tested with what is typed before it is kept, and nothing of it stays', async () => {
    const { desk, state } = await openDesk();
    const { signal } = new AbortController();
    await expect(desk.test({}, signal)).rejects.toMatchObject({ code: 'bad-input' });
    expect(await desk.test({ url: receiver.url, secret: 's' }, signal)).toEqual({ ok: true, status: 204 });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      type: 'webhook.test',
      id: receiver.received[0]?.headers['idempotency-key'],
      at: '2026-03-11T10:00:00Z',
    });
    expect(receiver.received[0]?.headers['x-podwatt-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(desk.view().host).toBeNull();
    expect(state).toMatchObject({ values: new Map() });
  });

  it('goes through the proxy of the environment', async () => {
    const env = { https_proxy: `http://${receiver.host}` };
    const { desk } = await openDesk({ env });
    const outcome = await desk.test({ url: 'https://chat.invalid/hook' }, new AbortController().signal);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
    expect(outcome).toMatchObject({ failure: { message: expect.stringContaining('proxy') } });
  });

  it('is told of an alert even where the disk is full', async () => {
    const state = new MemoryState();
    const { desk, logged } = await openDesk({ state });
    await desk.save({ url: receiver.url });
    state.set = () => Promise.reject(new Failure('store', 'The disk is full'));
    await desk.announce(raised('a1'));
    expect(logged.map(({ message }) => message)).toEqual([
      'The outbox of the webhook could not be kept: The disk is full',
    ]);
  });
});

describe('the outbox', () => {
  it('remembers the newest of those that are over, and all that wait', async () => {
    const state = new MemoryState();
    const outbox = await Outbox.open(state);
    await outbox.add(raised('waits'), NOW);
    await outbox.add(raised('a0'), NOW);
    await outbox.settle('a0', { state: 'delivered' });
    const [waits, over] = outbox.entries;
    const many = Array.from({ length: 500 }, (_, index) => ({ ...over, id: `a${index}` }));
    await state.set('webhook-outbox', { entries: [waits, ...many], quietUntilSeconds: 0 });
    const full = await Outbox.open(state);
    await full.add(raised('new'), NOW);
    await full.settle('new', { state: 'failed' });
    const ids = full.entries.map(({ id }) => id);
    expect([ids.length, ids[0], ids[1], ids.at(-1)]).toEqual([501, 'waits', 'a1', 'new']);
  });

  it('is kept in the file of the settings, without the address and the secret', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'podwatt-webhook-'));
    const file = join(dir, 'app.sqlite');
    try {
      const state = await openAppState({ file });
      const { desk, time, logged } = await openDesk({ state });
      receiver.answers.push(answering(500));
      await desk.save({ url: receiver.url, secret: SECRET_CANARY });
      desk.start();
      await desk.announce(raised('a1'));
      await vi.waitFor(() => expect(desk.view().deliveries[0]?.tries).toBe(1));
      await desk.stop();
      await state.close();
      const bytes = await readFile(file);
      for (const canary of [ADDRESS_CANARY, SECRET_CANARY]) expect(bytes.includes(canary)).toBe(false);
      expect(JSON.stringify(logged)).not.toMatch(/CANARY/);

      const later = await openAppState({ file });
      const next = await openDesk({ state: later, time });
      time.sleep(60);
      next.desk.start();
      await vi.waitFor(() => expect(next.desk.view().deliveries[0]?.state).toBe('delivered'));
      await next.desk.stop();
      await later.close();
      expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual(['a1', 'a1']);
      expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});
