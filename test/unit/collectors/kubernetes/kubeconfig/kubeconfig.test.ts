import { describe, expect, it } from 'vitest';
import { authKindOf, describeContext } from '../../../../../src/collectors/kubernetes/kubeconfig/describe-context.ts';
import {
  parseKubeconfig,
  readKubeconfigFile,
} from '../../../../../src/collectors/kubernetes/kubeconfig/kubeconfig-file.ts';
import { mergeKubeconfigs } from '../../../../../src/collectors/kubernetes/kubeconfig/merge.ts';
import { kubeconfigPaths } from '../../../../../src/collectors/kubernetes/kubeconfig/paths.ts';
import { resolveContext } from '../../../../../src/collectors/kubernetes/kubeconfig/resolve-context.ts';
import { tlsFile } from '../../../../fakes/kubernetes/recordings.ts';

const merged = (...texts: string[]) =>
  mergeKubeconfigs(texts.map((text, index) => parseKubeconfig(`/etc/k/${index}/config`, text)));
const base64 = (text: string) => Buffer.from(text).toString('base64');

const plain = (parts: { cluster?: string; user?: string } = {}) => `
current-context: a
clusters: [{name: c, cluster: {server: "https://host:6443/path"${parts.cluster ?? ''}}}]
users: [{name: u, user: {${parts.user ?? ''}}}]
contexts: [{name: a, context: {cluster: c, user: u, namespace: shop}}]
`;

async function described(text: string, name = 'a') {
  const all = merged(text);
  return describeContext(all, all.contexts.get(name)!);
}

describe('kubeconfigPaths', () => {
  const at = { homeDir: '/home/me' };

  it('is what was named, else KUBECONFIG, else the default', () => {
    expect(kubeconfigPaths({ ...at, paths: ['/x', '~/y'], env: { KUBECONFIG: '/z' } })).toEqual(['/x', '/home/me/y']);
    expect(kubeconfigPaths({ ...at, paths: null, env: { KUBECONFIG: '/a::/b:/a' } })).toEqual(['/a', '/b']);
    expect(kubeconfigPaths({ ...at, paths: null, env: {} })).toEqual(['/home/me/.kube/config']);
    expect(kubeconfigPaths({ ...at, paths: null, env: { KUBECONFIG: '' } })).toEqual(['/home/me/.kube/config']);
  });
});

describe('reading a file', () => {
  it('names the line of broken YAML and repeats none of it', () => {
    const file = parseKubeconfig('/f', 'a: 1\nusers: ["t0ken\nb: {');
    expect(file.problem?.message).toMatch(/^\/f is not valid YAML \(line \d+\)\.$/);
    expect(file.problem?.message).not.toContain('t0ken');
    expect(file.problem?.hint).not.toBeNull();
  });

  it('says what has the wrong form', () => {
    expect(parseKubeconfig('/f', 'just text').problem?.message).toMatch(/is not a kubeconfig/);
    expect(parseKubeconfig('/f', 'clusters: 7').problem?.message).toMatch(/"clusters" has the wrong form/);
  });

  it('takes an empty file for one without contexts', () => {
    expect(parseKubeconfig('/f', '')).toMatchObject({ problem: null, contexts: [] });
  });

  it('keeps the good entries beside a broken one', () => {
    const file = parseKubeconfig(
      '/f',
      'clusters: [{name: bad, cluster: {server: [1]}}, {cluster: {}}, {name: good, cluster: {server: "https://h"}}]',
    );
    expect(file.clusters.map((entry) => [entry.name, entry.problem === null])).toEqual([
      ['bad', false],
      ['good', true],
    ]);
  });

  it('tells a file that is not there from a folder', async () => {
    expect((await readKubeconfigFile('/nonexistent/config')).problem?.message).toMatch(/does not exist/);
    expect((await readKubeconfigFile('/')).problem?.message).toMatch(/is a folder/);
  });
});

describe('merging', () => {
  it('lets the first file win for each name, and joins parts across files', () => {
    const all = merged(
      'current-context: ""\nclusters: [{name: c, cluster: {server: "https://first"}}]',
      'current-context: b\nclusters: [{name: c, cluster: {server: "https://second"}}]\ncontexts: [{name: b, context: {cluster: c}}]',
      'current-context: z',
    );
    expect(all.currentContext).toBe('b');
    expect(resolveContext(all, 'b').server.host).toBe('first');
  });

  it('starts relative paths from the folder of the file that holds them', () => {
    const all = merged(
      plain({
        cluster: ', certificate-authority: pki/ca.pem',
        user: 'client-certificate: c.pem, client-key: /abs/k.pem, tokenFile: t',
      }),
    );
    const context = resolveContext(all, 'a');
    expect(context.cluster['certificate-authority']).toBe('/etc/k/0/pki/ca.pem');
    expect(context.user).toMatchObject({
      'client-certificate': '/etc/k/0/c.pem',
      'client-key': '/abs/k.pem',
      tokenFile: '/etc/k/0/t',
    });
  });
});

describe('describing a context', () => {
  it('shows what it is, without connecting', async () => {
    expect(await described(plain({ user: 'token: s3cret' }))).toEqual({
      name: 'a',
      file: '/etc/k/0/config',
      clusterName: 'c',
      serverUrl: 'https://host:6443/path',
      userName: 'u',
      namespace: 'shop',
      authKind: 'token',
      isCurrent: true,
      isSample: false,
      problem: null,
    });
  });

  it.each([
    ['contexts: [{name: a, context: {cluster: gone}}]', /names a cluster "gone" that no kubeconfig holds/],
    [
      'clusters: [{name: c, cluster: {server: "https://h"}}]\ncontexts: [{name: a, context: {cluster: c, user: gone}}]',
      /names a user "gone"/,
    ],
    ['contexts: [{name: a, context: {}}]', /context "a" is incomplete: "cluster"/],
    [
      'clusters: [{name: c, cluster: {}}]\ncontexts: [{name: a, context: {cluster: c}}]',
      /cluster "c" is incomplete: "server"/,
    ],
    [plain().replace('https:', 'ftp:'), /uses ftp/],
    [plain().replace('https://', 'https://me:pw@'), /holds a user name or password/],
    [
      plain({ cluster: ', certificate-authority: /nonexistent/ca.pem' }),
      /could not be read from \/nonexistent\/ca.pem/,
    ],
    [plain({ cluster: `, certificate-authority-data: ${base64('no pem')}` }), /not a certificate or key in PEM form/],
    [
      plain({
        cluster: `, certificate-authority-data: ${base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')}`,
      }),
      /PEM/,
    ],
    [plain({ user: `client-certificate-data: ${base64(tlsFile('client.pem'))}` }), /certificate without its key/],
    [plain({ user: 'tokenFile: /nonexistent/token' }), /token file \/nonexistent\/token/],
    [plain({ user: 'exec: {args: []}' }), /"exec.command" is missing/],
  ])('tells what is wrong: %#', async (text, message) => {
    const description = await described(text);
    expect(description.problem?.message).toMatch(message);
    expect(description.problem?.hint).not.toBeNull();
    expect(JSON.stringify(description)).not.toContain('pw@');
  });

  it('knows the ways to sign in, in order of preference', () => {
    const exec = { command: 'x' };
    expect(authKindOf({ exec, token: 't' } as never)).toBe('exec');
    expect(authKindOf({ 'auth-provider': { name: 'oidc' }, token: 't' } as never)).toBe('auth-provider');
    expect(authKindOf({ token: 't', tokenFile: 'f' })).toBe('token-file');
    expect(authKindOf({ token: 't', username: 'u' })).toBe('token');
    expect(authKindOf({ username: 'u' })).toBe('basic');
    expect(authKindOf({ 'client-certificate': 'c' })).toBe('certificate');
    expect(authKindOf({})).toBe('none');
    expect(authKindOf(null)).toBe('unknown');
  });

  it('lets a context have no user', async () => {
    const text = plain().replace(', user: u', '');
    expect(await described(text)).toMatchObject({ authKind: 'none', userName: null, problem: null });
  });
});
