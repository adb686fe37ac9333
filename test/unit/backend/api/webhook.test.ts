import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BackendConfig } from '../../../../src/backend/config.ts';
import { Outbox } from '../../../../src/backend/webhook/outbox.ts';
import { WebhookSettings, WebhookTestResult } from '../../../../src/contract/schemas/webhook.ts';
import { mayAsk } from '../../../../src/server/token-scopes.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { testBackend } from '../../../fakes/backend/test-backend.ts';
import { ADDRESS_CANARY, answering, SECRET_CANARY, startReceiver } from '../webhook/receiver.ts';
import { raised } from '../webhook/webhook-bench.ts';

const SOURCES = {
  factorType: 'lifecycle',
  electricityMapsEnabled: true,
  gbEnabled: true,
  boaviztaUrl: null,
};

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function open(config: Pick<Partial<BackendConfig>, 'sources' | 'encryptionKey'> = {}, state = new MemoryState()) {
  const receiver = await startReceiver();
  const bench = await testBackend({
    state,
    secretsKey: async () => new Uint8Array(32).fill(3),
    env: {},
    ...config,
  });
  await bench.backend.start();
  ends.push(receiver.close, () => bench.backend.stop());
  return { ...bench, receiver };
}

describe('settings of the webhook', () => {
  test('address and secret go in and never come out: not in answers, state, logs or errors', async () => {
    const { client, receiver, state, logged } = await open();
    const none = await client.webhook.get();
    expect(none).toEqual({ host: null, has_secret: false, deliveries: [] });
    receiver.answers.push(answering(500), answering(302, { location: receiver.url }));
    const saved = await client.webhook.save({ url: receiver.url, secret: SECRET_CANARY });
    expect(WebhookSettings.parse(saved)).toEqual({ host: receiver.host, has_secret: true, deliveries: [] });
    const errors = await Promise.all(
      [
        { url: `http://chat.example/${ADDRESS_CANARY}` },
        { url: `ftp://${ADDRESS_CANARY}` },
        { url: ADDRESS_CANARY.repeat(200) },
        { secret: SECRET_CANARY.repeat(100) },
      ].map((input) => client.webhook.save(input).catch((error: unknown) => error)),
    );
    for (const error of errors) expect(error).toMatchObject({ code: 'BAD_REQUEST' });
    const answers: unknown[] = [
      saved,
      await client.webhook.test({}),
      await client.webhook.test({}),
      await client.webhook.get(),
      await client.sources.settings(),
      await client.system.config(),
      await client.system.health(),
    ];
    const everything = JSON.stringify([answers, [...state.values], logged, errors, errors.map(String)]);
    for (const canary of [ADDRESS_CANARY, SECRET_CANARY]) {
      expect(everything).not.toContain(canary);
      expect(everything).not.toContain(Buffer.from(canary).toString('base64').slice(0, 20));
    }
  });

  test('are kept over a restart, changed in parts, and removed', async () => {
    const state = new MemoryState();
    const { client, receiver } = await open({}, state);
    await client.webhook.save({ url: receiver.url, secret: SECRET_CANARY });
    const again = await open({}, state);
    expect(await again.client.webhook.get()).toMatchObject({ host: receiver.host, has_secret: true });
    expect(await again.client.webhook.save({ secret: null })).toMatchObject({ has_secret: false });
    expect(await again.client.webhook.remove()).toEqual({ host: null, has_secret: false, deliveries: [] });
    expect([...state.values.keys()].filter((key) => key.startsWith('secret/'))).toEqual([]);
  });
});

describe('around the webhook', () => {
  test('a rotation of the key seals it anew', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'podwatt-webhook-key-'));
    ends.push(() => rm(dir, { recursive: true }));
    const path = join(dir, 'new.key');
    const state = new MemoryState();
    const { client, receiver } = await open({}, state);
    await client.webhook.save({ url: receiver.url, secret: SECRET_CANARY });
    const before = state.values.get('secret/webhook');
    await client.k8s.rotateKey({ new_key_file: path });
    expect(state.values.get('secret/webhook')).not.toBe(before);
    state.values.delete('encryption/key-files');
    const encryptionKey = { kind: 'file', name: 'PODWATT_ENCRYPTION_KEY_FILE', path } as const;
    const again = await open({ encryptionKey }, state);
    expect(await again.client.webhook.get()).toMatchObject({ host: receiver.host, has_secret: true });
  });

  test('alerts that waited offline go out when that ends', async () => {
    const state = new MemoryState();
    const { client, backend, receiver } = await open({}, state);
    await client.webhook.save({ url: receiver.url });
    await backend.stop();
    const waiting = await Outbox.open(state);
    await waiting.add(raised('a1'), 0);
    state.values.set('source-settings', { ...SOURCES, offline: true });
    const again = await open({}, state);
    expect(await again.client.webhook.get()).toMatchObject({ deliveries: [{ state: 'waiting', tries: 0 }] });
    expect(receiver.received).toEqual([]);
    await again.client.sources.update({ offline: false });
    await vi.waitFor(async () => {
      const { deliveries } = await again.client.webhook.get();
      expect(deliveries).toMatchObject([
        { id: 'a1', budget_name: 'Shop', kind: '80', state: 'delivered', next_try_at: null },
      ]);
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('a token that may only read learns nothing of it', () => {
    for (const call of ['get', 'save', 'remove', 'test']) {
      expect([call, mayAsk('read', 'POST', `/rpc/webhook/${call}`)]).toEqual([call, false]);
    }
  });
});

describe('a test', () => {
  test('says that it was taken, and how fast', async () => {
    const { client, receiver } = await open();
    const result = await client.webhook.test({ url: receiver.url });
    expect(WebhookTestResult.parse(result)).toMatchObject({ ok: true, message: 'It took the test (204).', hint: null });
    expect(result.latency_ms).not.toBeNull();
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test' });
  });

  test.each([
    [302, /redirects, which is not followed/],
    [400, /does not take this message/],
    [401, /check its address, token and secret/],
    [404, /check the address/],
    [410, /check the address/],
    [429, /fewer messages/],
    [502, /problem of its own/],
  ])('that is answered %i says what to do', async (status, hint) => {
    const { client, receiver } = await open();
    receiver.answers.push(answering(status));
    const result = await client.webhook.test({ url: receiver.url });
    expect(result).toMatchObject({ ok: false, message: `The webhook answered ${status}.`, latency_ms: null });
    expect(result.hint).toMatch(hint);
  });

  test('needs an address', async () => {
    const { client } = await open();
    await expect(client.webhook.test({})).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('of a host whose name is not known says so, without the name', async () => {
    const { client } = await open();
    const result = await client.webhook.test({ url: `https://${ADDRESS_CANARY}.invalid/` });
    expect(result.message).toBe('The webhook has a name that could not be resolved.');
  });

  test('is not sent while Podwatt works offline', async () => {
    const { client, receiver } = await open({ sources: { offline: true } });
    const result = await client.webhook.test({ url: receiver.url });
    expect(result).toMatchObject({ ok: false, hint: expect.stringContaining('offline') });
    expect(receiver.received).toEqual([]);
  });
});
