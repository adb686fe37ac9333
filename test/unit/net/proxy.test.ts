import { describe, expect, it } from 'vitest';
import { proxyFromEnvironment } from '../../../src/net/proxy.ts';

const proxy = (url: string, environment: Record<string, string>) => proxyFromEnvironment(new URL(url), environment);

describe('proxyFromEnvironment', () => {
  it('goes by the scheme of the target, lower case first', () => {
    const environment = { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2', HTTP_PROXY: 'http://plain:3' };
    expect(proxy('https://h', environment)).toBe('http://lower:2');
    expect(proxy('http://h', environment)).toBe('http://plain:3');
    expect(proxy('https://h', { HTTP_PROXY: 'http://plain:3' })).toBeNull();
    expect(proxy('https://h', { ALL_PROXY: 'socks5://s:1' })).toBe('socks5://s:1');
    expect(proxy('https://h', { HTTPS_PROXY: 'bare:3128' })).toBe('http://bare:3128');
    expect(proxy('https://h', { HTTPS_PROXY: '' })).toBeNull();
  });

  it.each(['http://localhost:9090', 'http://127.0.0.1', 'http://127.8.0.1', 'http://[::1]:9090'])(
    'never for %s',
    (url) => {
      expect(proxy(url, { HTTP_PROXY: 'http://p' })).toBeNull();
    },
  );

  it.each([
    ['https://api.corp.test', 'corp.test', true],
    ['https://api.corp.test', '.corp.test', true],
    ['https://api.corp.test', '*.corp.test', true],
    ['https://corp.test', 'corp.test', true],
    ['https://notcorp.test', 'corp.test', false],
    ['https://h:6443', 'h:6443', true],
    ['https://h:6443', 'h:443', false],
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://11.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '0.0.0.0/0', true],
    ['https://host.test', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.0.0.0/99', false],
    ['https://h', 'a, *', true],
    ['https://h', '', false],
  ])('%s with NO_PROXY %j is excepted: %s', (url, noProxy, excepted) => {
    expect(proxy(url, { HTTPS_PROXY: 'http://p:1', NO_PROXY: noProxy })).toBe(excepted ? null : 'http://p:1');
  });
});
