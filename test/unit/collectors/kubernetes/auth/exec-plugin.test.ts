import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execCredentials } from '../../../../../src/collectors/kubernetes/auth/exec-plugin.ts';
import type { ResolvedContext } from '../../../../../src/collectors/kubernetes/kubeconfig/resolve-context.ts';
import type { ExecSection } from '../../../../../src/collectors/kubernetes/kubeconfig/schema.ts';
import type { Failure } from '../../../../../src/model/failure.ts';

const signal = new AbortController().signal;
let folder: string;
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-exec-'));
  now = Date.parse('2026-01-01T00:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const context = (): ResolvedContext => ({
  name: 'a',
  file: join(folder, 'config'),
  clusterName: 'c',
  userName: 'u',
  namespace: null,
  server: new URL('https://host:6443'),
  cluster: { server: 'https://host:6443', 'certificate-authority-data': 'Q0E=' },
  user: {},
  userDirectory: folder,
});

/** A plugin that is a line of shell; each run adds a letter to `runs`. */
function plugin(script: string, more: Partial<ExecSection> = {}, timeoutMilliseconds = 5_000) {
  const exec = { command: 'sh', args: ['-c', `printf x >> ${folder}/runs; ${script}`], ...more };
  return execCredentials(context(), exec, {
    env: { PATH: process.env.PATH, SEEN: 'outer' },
    nowMilliseconds: () => now,
    timeoutMilliseconds,
  });
}
const runs = () => readFileSync(join(folder, 'runs'), 'utf8').length;
const answer = (status: Record<string, string>) =>
  `echo '${JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status })}'`;

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => expect.fail('should have failed'),
    (error: Failure) => error,
  );
}

describe('execCredentials', () => {
  it('gives the token of the plugin, run once for parallel and later calls', async () => {
    const source = plugin(answer({ token: 'tok' }));
    const all = await Promise.all(Array.from({ length: 20 }, () => source.credentials(signal)));
    await source.credentials(signal);
    expect(all.every((one) => one.headers.authorization === 'Bearer tok')).toBe(true);
    expect(runs()).toBe(1);
  });

  it('runs again shortly before the credential ends, and after it was refused', async () => {
    const source = plugin(answer({ token: 'tok', expirationTimestamp: '2026-01-01T00:10:00Z' }));
    await source.credentials(signal);
    now += 589_000;
    await source.credentials(signal);
    expect(runs()).toBe(1);
    now += 2_000;
    await source.credentials(signal);
    expect(runs()).toBe(2);
    now = Date.parse('2026-01-01T00:00:00Z');
    const refused = await source.credentials(signal);
    expect(source.invalidate(refused)).toBe(true);
    await source.credentials(signal);
    expect(runs()).toBe(3);
    // A second request that was refused with the same old credential must not throw the new one away.
    expect(source.invalidate(refused)).toBe(true);
    await source.credentials(signal);
    expect(runs()).toBe(3);
  });

  it('gives a client certificate', async () => {
    const source = plugin(answer({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }));
    expect(await source.credentials(signal)).toEqual({
      headers: {},
      clientCertificate: { certificate: 'CERT', key: 'KEY' },
    });
  });

  it('tells the plugin of the cluster where it asks for that, and sets its own environment', async () => {
    const env = [{ name: 'SEEN', value: 'inner' }];
    const script = `echo "$SEEN" > ${folder}/seen; echo "$KUBERNETES_EXEC_INFO" > ${folder}/info; ${answer({ token: 't' })}`;
    await plugin(script, { env, provideClusterInfo: true }).credentials(signal);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('inner\n');
    expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: 'https://host:6443', 'certificate-authority-data': 'Q0E=' } },
    });
  });

  it('shows the install hint of a plugin that is not there', async () => {
    const failure = await failureOf(
      plugin('', { command: 'no-such-plugin', installHint: 'Get it at X' }).credentials(signal),
    );
    expect(failure).toMatchObject({ code: 'exec-plugin', hint: 'Get it at X' });
    expect(failure.message).toBe('The sign-in plugin "no-such-plugin" was not found.');
  });

  it('shows a short first line of what a failing plugin said, without secrets', async () => {
    const script = `echo >&2; echo "Error: token=abc123 SSO session eyJhbGciOi0123456789abcdefghij expired" >&2; echo more >&2; exit 255`;
    const failure = await failureOf(plugin(script).credentials(signal));
    expect(failure.message).toBe(
      'The sign-in plugin "sh" failed (exit code 255): Error: token=… SSO session … expired',
    );
    expect(failure.hint).toMatch(/sign in again/);
  });

  it.each([
    'echo hello',
    answer({}),
    answer({ clientCertificateData: 'only' }),
    `echo '{"kind":"Other","status":{"token":"t"}}'`,
  ])('refuses an answer that is no credential: %s', async (script) => {
    expect((await failureOf(plugin(script).credentials(signal))).message).toMatch(/did not print an ExecCredential/);
  });

  it('ends a plugin that hangs, and can run again', async () => {
    const source = plugin(
      `test -e ${folder}/second && ${answer({ token: 't' })} && exit; touch ${folder}/second; sleep 30`,
      {},
      200,
    );
    expect((await failureOf(source.credentials(signal))).message).toMatch(/did not answer within 0.2 s/);
    expect((await source.credentials(signal)).headers.authorization).toBe('Bearer t');
  });

  it('does not wait for a child that keeps the output open', async () => {
    const source = plugin(`sleep 30 & ${answer({ token: 't' })}`);
    expect((await source.credentials(signal)).headers.authorization).toBe('Bearer t');
  });

  it('lets one caller stop waiting while another gets the answer', async () => {
    const source = plugin(`sleep 0.2; ${answer({ token: 't' })}`);
    const controller = new AbortController();
    const first = failureOf(source.credentials(controller.signal));
    const second = source.credentials(signal);
    controller.abort();
    expect((await first).code).toBe('cancelled');
    expect((await second).headers.authorization).toBe('Bearer t');
    expect(runs()).toBe(1);
  });

  it('is ended by close, and refuses a plugin that must ask', async () => {
    const source = plugin('sleep 30');
    const waiting = failureOf(source.credentials(signal));
    source.close();
    expect((await waiting).code).toBe('cancelled');
    const asking = await failureOf(plugin('', { interactiveMode: 'Always' }).credentials(signal));
    expect(asking.message).toMatch(/wants to ask you/);
  });
});
