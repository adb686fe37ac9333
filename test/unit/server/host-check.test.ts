import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createHostCheck, isLoopback, isOwnOrigin } from '../../../src/server/host-check.ts';
import { explainListen } from '../../../src/server/hosted-backend.ts';
import { findPlaces } from '../../../src/server/places.ts';
import { contentDisposition } from '../../../src/server/report-export.ts';

describe('loopback', () => {
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('%s is', (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.example', 'localhost.evil.example', ''])('%s is not', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});

describe('the Host header', () => {
  it.each<[string, string | undefined, boolean]>([
    ['127.0.0.1', 'localhost:8700', true],
    ['127.0.0.1', 'LOCALHOST', true],
    ['127.0.0.1', '192.168.0.5:8700', false],
    ['127.0.0.1', 'evil.example', false],
    ['127.0.0.1', undefined, false],
    ['127.0.0.1', '', false],
    ['127.0.0.1', 'localhost/evil', false],
    ['192.168.0.5', '192.168.0.5:8700', true],
    ['podwatt.lan', 'Podwatt.LAN:8700', true],
    ['192.168.0.5', '192.168.0.6', false],
    ['0.0.0.0', '192.168.0.6:80', true],
    ['0.0.0.0', 'evil.example', false],
    ['::', '[fe80::1]:80', true],
    ['0.0.0.0', hostname(), true],
  ])('bound to %s, %s is ours: %s', (bound, header, expected) => expect(createHostCheck(bound)(header)).toBe(expected));
});

describe('the origin', () => {
  it.each<[string | undefined, string | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, 'same-origin', true],
    [undefined, 'none', true],
    [undefined, 'same-site', false],
    [undefined, 'cross-site', false],
    ['http://localhost:1', 'same-origin', true],
    ['http://localhost:2', 'same-site', false],
    ['http://evil.example', undefined, false],
    ['null', undefined, false],
  ])('%s from %s is our own: %s', (origin, site, expected) => {
    expect(isOwnOrigin({ origin, site, host: 'localhost:1' })).toBe(expected);
  });
});

describe('file names', () => {
  it('are plain, or given twice', () => {
    expect(contentDisposition('podwatt-shop.csv')).toBe('attachment; filename="podwatt-shop.csv"');
    expect(contentDisposition('é"\r\n(x).csv')).toBe(
      'attachment; filename="_____x_.csv"; filename*=UTF-8\'\'%C3%A9%22%0D%0A%28x%29.csv',
    );
  });
});

describe('places', () => {
  it('finds the package from any depth', () => {
    const places = findPlaces(import.meta.dirname);
    expect(places.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(places.staticDir).toMatch(/out.renderer$/);
    expect(() => findPlaces('/')).toThrow('no package');
  });
});

describe('an address that can not be had', () => {
  it.each([
    ['EADDRINUSE', 'Port 80 on h is taken'],
    ['EACCES', 'Port 80 is not allowed for this user'],
    ['EADDRNOTAVAIL', 'h is not an address of this machine'],
    ['ENOTFOUND', 'h is not an address of this machine'],
  ])('%s is explained', (code, message) => {
    expect(explainListen(Object.assign(new Error('x'), { code }), 'h', 80)).toMatchObject({
      message,
      hint: expect.any(String),
    });
  });

  it('leaves other errors as they are', () => {
    const error = new Error('x');
    expect(explainListen(error, 'h', 80)).toBe(error);
  });
});
