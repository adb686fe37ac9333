import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, fixedCredentials } from '../../../../../src/collectors/kubernetes/auth/credentials.ts';
import { credentialsOf } from '../../../../../src/collectors/kubernetes/auth/credentials-of.ts';
import { firstPlainLine } from '../../../../../src/collectors/kubernetes/auth/redact-line.ts';
import { createSharedSignIns } from '../../../../../src/collectors/kubernetes/auth/shared-sign-ins.ts';
import { tokenFileCredentials } from '../../../../../src/collectors/kubernetes/auth/token-file.ts';
import type { UserSection } from '../../../../../src/collectors/kubernetes/kubeconfig/schema.ts';

const signal = new AbortController().signal;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-auth-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function headersOf(user: UserSection) {
  const server = new URL('https://h');
  const context = {
    name: 'a',
    file: 'f',
    clusterName: 'c',
    userName: 'u',
    namespace: null,
    server,
    cluster: { server: server.href },
    user,
    userDirectory: folder,
  };
  const source = credentialsOf(context, { env: {}, nowMilliseconds: () => 0, shared: createSharedSignIns() });
  return source.credentials(signal).then((credentials) => credentials.headers);
}

describe('token file', () => {
  it('is read again after a minute, and at once when it was refused', async () => {
    const path = join(folder, 'token');
    let now = 0;
    const source = tokenFileCredentials(path, () => now);
    const token = async () => (await source.credentials(signal)).headers.authorization;
    writeFileSync(path, 'one\n');
    expect(await token()).toBe('Bearer one');
    writeFileSync(path, 'two');
    now = 59_999;
    expect(await token()).toBe('Bearer one');
    now = 60_000;
    expect(await token()).toBe('Bearer two');
    writeFileSync(path, 'three');
    expect(source.invalidate(await source.credentials(signal))).toBe(true);
    expect(await token()).toBe('Bearer three');
  });

  it('says when it is empty or gone', async () => {
    const path = join(folder, 'token');
    writeFileSync(path, ' \n');
    await expect(tokenFileCredentials(path, () => 0).credentials(signal)).rejects.toThrow(/is empty/);
    await expect(tokenFileCredentials(join(folder, 'gone'), () => 0).credentials(signal)).rejects.toThrow(
      /can't be read/,
    );
  });
});

describe('credentialsOf', () => {
  it('shows a token, a name and password, or nothing', async () => {
    expect(await headersOf({ token: ' t \n' })).toEqual({ authorization: 'Bearer t' });
    expect(await headersOf({ username: 'u', password: 'p' })).toEqual({ authorization: 'Basic dTpw' });
    expect(await headersOf({})).toEqual({});
  });

  it('adds impersonation to any of them', async () => {
    const user = {
      token: 't',
      as: 'jane',
      'as-groups': ['dev', 'ops'],
      'as-uid': '7',
      'as-user-extra': { 'Scopes/x': ['v'] },
    };
    expect(await headersOf(user)).toEqual({
      authorization: 'Bearer t',
      'impersonate-user': 'jane',
      'impersonate-group': ['dev', 'ops'],
      'impersonate-uid': '7',
      'impersonate-extra-scopes%2Fx': ['v'],
    });
  });
});

describe('shared sign-ins', () => {
  it('make one source a key, ended when its last user closes', async () => {
    const shared = createSharedSignIns();
    const log: string[] = [];
    const make = (name: string) => () => {
      log.push(`made ${name}`);
      return { ...fixedCredentials(bearer(name)), close: () => void log.push(`closed ${name}`) };
    };
    const first = shared.acquire('a', make('a'));
    const second = shared.acquire('a', make('never'));
    shared.acquire('b', make('b'));
    expect((await second.credentials(signal)).headers).toEqual(bearer('a'));
    first.close();
    first.close();
    expect(log).toEqual(['made a', 'made b']);
    second.close();
    expect(log).toEqual(['made a', 'made b', 'closed a']);
    expect((await shared.acquire('a', make('never')).credentials(signal)).headers).toEqual(bearer('a'));
  });
});

describe('auth-provider', () => {
  const jwt = (exp: number) =>
    ['{"alg":"none"}', JSON.stringify({ exp }), 'sig'].map((part) => Buffer.from(part).toString('base64url')).join('.');
  const oidc = (config: Record<string, unknown>) => ({ 'auth-provider': { name: 'oidc', config } });

  it('shows a valid id-token', async () => {
    const token = jwt(9_999_999_999);
    expect(await headersOf(oidc({ 'id-token': token }))).toEqual({ authorization: `Bearer ${token}` });
  });

  it('asks to sign in again where the id-token ended and can not be renewed, or is missing', async () => {
    await expect(headersOf(oidc({ 'id-token': jwt(1) }))).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(headersOf(oidc({}))).rejects.toThrow(/oidc sign-in of user "u" has expired/);
  });

  it('shows a gcp access token, but runs no command for one', async () => {
    const gcp = (config: Record<string, unknown>) => headersOf({ 'auth-provider': { name: 'gcp', config } });
    expect(await gcp({ 'access-token': 'g' })).toEqual({ authorization: 'Bearer g' });
    await expect(gcp({ 'cmd-path': 'gcloud' })).rejects.toThrow(/no longer supported by Kubernetes/);
  });
});

describe('firstPlainLine', () => {
  it.each([
    ['\n\n  Error: not logged in  \nmore', 'Error: not logged in'],
    ['\u001b[31merror\u001b[0m: bad', 'error : bad'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer …'],
    ['password=hunter2 failed', 'password=… failed'],
    ['{"access_token":"abc"}', '{"access_token":…'],
    ['get https://u:p@host/x?code=1&state=2', 'get https://…@host/x?code=…&state=…'],
    ['could not open /home/someone/.aws/sso/cache/file', 'could not open /home/someone/.aws/sso/cache/file'],
    ['no such host login.microsoftonline.example.com', 'no such host login.microsoftonline.example.com'],
  ])('%j → %j', (text, line) => {
    expect(firstPlainLine(text)).toBe(line);
  });

  it('is short, and null where nothing was said', () => {
    expect(firstPlainLine('word '.repeat(100))!.length).toBeLessThanOrEqual(161);
    expect(firstPlainLine(' \n')).toBeNull();
  });
});
