import { describe, expect, it } from 'vitest';
import { hostAndPort, parseHttpUrl, redactUrl } from '../../../src/net/address.ts';

describe('redactUrl', () => {
  it.each([
    ['https://user:pw@host:8443/a/b?token=x#y', 'https://host:8443/a/b'],
    ['http://host/', 'http://host'],
    ['http://[::1]:9090', 'http://[::1]:9090'],
    ['what is this', '(not a URL)'],
  ])('%s → %s', (from, to) => {
    expect(redactUrl(from)).toBe(to);
  });
});

describe('parseHttpUrl', () => {
  it('takes http and https, blanks around them cut', () => {
    expect(parseHttpUrl('  https://h:1/x ', 'It').href).toBe('https://h:1/x');
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'host:9090', '', 'http://'])('refuses %j', (text) => {
    expect(() => parseHttpUrl(text, 'The address')).toThrow(/^The address/);
  });
});

describe('hostAndPort', () => {
  it('always spells the port out', () => {
    expect(hostAndPort(new URL('https://h'))).toBe('h:443');
    expect(hostAndPort(new URL('http://h'))).toBe('h:80');
    expect(hostAndPort(new URL('https://h:6443/x'))).toBe('h:6443');
  });
});
