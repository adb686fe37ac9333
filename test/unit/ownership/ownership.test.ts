import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, type OwnerProbe, systemProbe } from '../../../src/backend/ownership/owner-probe.ts';
import { lockFileOf, type OwnerRecord } from '../../../src/backend/ownership/owner-record.ts';
import { findOwner, takeOwnership } from '../../../src/backend/ownership/ownership.ts';

const probe = (answers: Partial<OwnerProbe>): OwnerProbe => ({
  isRunning: () => true,
  ask: async () => 'answers',
  bootedAt: () => 0,
  ...answers,
});
const record = (fields: Partial<OwnerRecord> = {}): OwnerRecord => ({
  pid: process.pid + 1,
  address: 'http://127.0.0.1:1',
  token: 'abc',
  startedAt: '2026-11-20T00:00:00.000Z',
  ...fields,
});

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'podwatt-own-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const lock = (content: unknown) =>
  writeFileSync(lockFileOf(dataDir), typeof content === 'string' ? content : JSON.stringify(content));
const held = (): OwnerRecord => JSON.parse(readFileSync(lockFileOf(dataDir), 'utf8'));

describe('taking a folder', () => {
  it('writes a private lock, announces the address, and leaves nothing behind', async () => {
    const own = await takeOwnership(join(dataDir));
    expect(statSync(lockFileOf(dataDir)).mode & 0o777).toBe(0o600);
    expect(held()).toMatchObject({ pid: process.pid, address: null, token: own.token });
    await own.announce('http://127.0.0.1:8700');
    expect(held()).toMatchObject({ address: 'http://127.0.0.1:8700', token: own.token });
    expect(statSync(lockFileOf(dataDir)).mode & 0o777).toBe(0o600);
    await own.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('makes the folder, for its owner only', async () => {
    const own = await takeOwnership(join(dataDir, 'deep', 'data'));
    expect(statSync(join(dataDir, 'deep', 'data')).mode & 0o777).toBe(0o700);
    await own.release();
  });

  it('refuses a second owner and names the address of the first', async () => {
    lock(record({ address: 'http://127.0.0.1:8712' }));
    await expect(takeOwnership(dataDir, probe({}))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('http://127.0.0.1:8712'),
      hint: expect.stringContaining('--data-dir'),
    });
    expect(held().token).toBe('abc');
  });

  it('refuses while a command without an address works, and names its process', async () => {
    lock(record({ address: null }));
    await expect(takeOwnership(dataDir, probe({}))).rejects.toMatchObject({
      message: expect.stringContaining(`process ${process.pid + 1}`),
    });
  });

  it('lets an owner that is busy keep the folder', async () => {
    lock(record());
    await expect(takeOwnership(dataDir, probe({ ask: async () => 'silent' }))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it.each<[string, unknown, Partial<OwnerProbe>]>([
    ['a dead process', record(), { isRunning: () => false }],
    ['an address where nobody knows the token', record(), { ask: async () => 'refused' }],
    [
      'a lock from before the last boot',
      record({ address: null }),
      { bootedAt: () => Date.parse('2026-11-21T00:00:00Z') },
    ],
    ['an earlier process of our own number', record({ pid: process.pid, address: null }), {}],
    ['a damaged lock', '{"pid":', {}],
    ['an empty lock', '', {}],
  ])('takes over %s', async (_name, content, answers) => {
    lock(content);
    const own = await takeOwnership(dataDir, probe(answers));
    expect(held().token).toBe(own.token);
    await own.release();
  });

  it('has one winner when many take over one stale lock at once', async () => {
    lock(record());
    const onlyDead = probe({ isRunning: () => false });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeOwnership(dataDir, onlyDead)));
    const winners = tries.filter((result) => result.status === 'fulfilled').map((result) => result.value);
    expect(winners).toHaveLength(1);
    expect(held().token).toBe(winners[0]?.token);
    expect(readdirSync(dataDir)).toEqual(['owner.lock']);
  });

  it('does not release or announce over a lock that somebody else took', async () => {
    const own = await takeOwnership(dataDir);
    lock(record());
    await own.release();
    expect(held().token).toBe('abc');
    await expect(own.announce('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('explains a folder that can not be written', async () => {
    writeFileSync(join(dataDir, 'file'), '');
    await expect(takeOwnership(join(dataDir, 'file'))).rejects.toMatchObject({
      code: 'store',
      hint: expect.stringContaining('--data-dir'),
    });
  });
});

describe('finding an owner', () => {
  it('finds the one that answers, and no other', async () => {
    expect(await findOwner(dataDir, probe({}))).toBeNull();
    expect(await findOwner(join(dataDir, 'nowhere'), probe({}))).toBeNull();
    lock('nonsense');
    expect(await findOwner(dataDir, probe({}))).toBeNull();
    lock(record());
    expect(await findOwner(dataDir, probe({}))).toMatchObject({ token: 'abc' });
    expect(await findOwner(dataDir, probe({ ask: async () => 'refused' }))).toBeNull();
  });
});

describe('asking the system', () => {
  it('knows its own process and a number that nobody has', () => {
    expect(systemProbe.isRunning(process.pid)).toBe(true);
    expect(systemProbe.isRunning(2 ** 22 + 1)).toBe(false);
    expect(systemProbe.bootedAt()).toBeLessThan(Date.now());
  });

  it('tells an owner from another program and from nobody', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url);
      response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await systemProbe.ask(address, 'right')).toBe('answers');
    expect(await systemProbe.ask(address, 'wrong')).toBe('refused');
    expect(seen[0]).toBe('/rpc/system/version');
    const live = record({ pid: process.ppid, address, token: 'right', startedAt: new Date().toISOString() });
    expect(await isAlive(live, systemProbe)).toBe(true);
    await new Promise((done) => server.close(done));
    expect(await systemProbe.ask(address, 'right')).toBe('refused');
  });
});
