import { describe, expect, test } from 'vitest';
import {
  demandsOf,
  demandsSomething,
  refuseRelativePaths,
} from '../../../../src/backend/registry/kubeconfig-demands.ts';

const cluster = { server: 'https://k8s.test' };
const runs = (command: string, args: string[] = [], env: { name: string; value: string }[] = []) =>
  demandsOf(cluster, { exec: { command, args, env } }).runs[0];

describe('what a context demands', () => {
  test('nothing where all of it is inside', () => {
    const inside = demandsOf(
      { ...cluster, 'certificate-authority-data': 'x', 'certificate-authority': '/ignored' },
      { token: 't', 'client-certificate-data': 'x', 'client-certificate': '/ignored', 'client-key-data': 'x' },
    );
    expect(inside).toEqual({ runs: [], reads: [] });
    expect(demandsSomething(inside)).toBe(false);
  });

  test('every file that would be read, each once', () => {
    const file = '/etc/pki/all.pem';
    const { reads } = demandsOf(
      { ...cluster, 'certificate-authority': file },
      {
        'client-certificate': file,
        'client-key': '/etc/pki/key.pem',
        tokenFile: '/run/token',
        'auth-provider': { name: 'oidc', config: { 'idp-certificate-authority': '/etc/pki/idp.pem' } },
      },
    );
    expect(reads).toEqual([file, '/etc/pki/key.pem', '/run/token', '/etc/pki/idp.pem']);
  });

  test('the program of an old auth-provider too', () => {
    const user = { 'auth-provider': { name: 'gcp', config: { 'cmd-path': '/usr/bin/gcloud' } } };
    expect(demandsOf(cluster, user).runs).toEqual(['/usr/bin/gcloud']);
  });
});

describe('a command in words', () => {
  test.each([
    [['eks', 'get-token', '--cluster-name', 'shop'], 'aws eks get-token --cluster-name shop'],
    [['--client-secret', 's3cret', '--region', 'eu'], 'aws --client-secret *** --region eu'],
    [['--password=s3cret', '--region=eu'], 'aws --password=*** --region=eu'],
    [['--api-key', 'k', 'login'], 'aws --api-key *** login'],
    [['--token', '--verbose'], 'aws --token --verbose'],
    [['ghp_0123456789abcdefghijKLMNOPQRST'], 'aws ***'],
    [['--config', '/home/me/0123456789/abcdefghijKLMNOP'], 'aws --config /home/me/0123456789/abcdefghijKLMNOP'],
  ])('%j', (args, words) => {
    expect(runs('aws', args)).toBe(words);
  });

  test('names variables and keeps their values', () => {
    expect(
      runs(
        'login',
        [],
        [
          { name: 'A', value: 'x1' },
          { name: 'B', value: 'x2' },
        ],
      ),
    ).toBe('login (sets A, B)');
  });
});

describe('relative paths', () => {
  const none = { runs: [], reads: [] };
  test('a program found in PATH or by its whole path is fine', () => {
    expect(() => refuseRelativePaths(none, { command: 'aws' })).not.toThrow();
    expect(() => refuseRelativePaths(none, { command: '/usr/bin/aws' })).not.toThrow();
    expect(() => refuseRelativePaths({ runs: [], reads: ['/a/b'] }, null)).not.toThrow();
  });

  test.each(['./login', 'bin/login', '../login'])('%s is refused', (command) => {
    expect(() => refuseRelativePaths(none, { command })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  test('a relative file is refused with its name and the way out', () => {
    const refused = expect.objectContaining({
      message: expect.stringContaining('certs/ca.pem'),
      hint: expect.stringContaining('--flatten'),
    });
    expect(() => refuseRelativePaths({ runs: [], reads: ['/a', 'certs/ca.pem'] }, null)).toThrow(refused);
  });
});
