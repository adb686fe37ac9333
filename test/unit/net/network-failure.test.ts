import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { codeOf, mapNetworkError } from '../../../src/net/network-failure.ts';

const coded = (code: string, message = 'secret detail') => Object.assign(new Error(message), { code });

describe('mapNetworkError', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable', /refused the connection/],
    ['ENOTFOUND', 'unreachable', /could not be resolved/],
    ['EAI_AGAIN', 'unreachable', /could not be resolved/],
    ['EHOSTUNREACH', 'unreachable', /over the network/],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /accept a connection in time/],
    ['ETIMEDOUT', 'timeout', /accept a connection in time/],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', /answer in time/],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', /answer in time/],
    ['ECONNRESET', 'unreachable', /broke off/],
    ['UND_ERR_SOCKET', 'unreachable', /broke off/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', /authority that is not trusted/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', /authority that is not trusted/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /authority that is not trusted/],
    ['CERT_HAS_EXPIRED', 'tls', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', /another name/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', /encrypted connection/],
    ['ERR_SSL_SOMETHING_NEW', 'tls', /encrypted connection/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls', /client certificate/],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'tls', /client certificate/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls', /client certificate/],
    ['HPE_INVALID_CONSTANT', 'bad-answer', /HTTP/],
    ['UND_ERR_PRX_CONN', 'unreachable', /proxy/],
  ])('%s', (code, failureCode, message) => {
    const failure = mapNetworkError(coded(code), 'host:1');
    expect(failure.code).toBe(failureCode);
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(/^host:1 /);
    expect(failure.message).not.toContain('secret');
    expect(failure.hint).toMatch(/\.$/);
  });

  it('finds the code inside fetch failures and aggregates', () => {
    const wrapped = new TypeError('fetch failed', { cause: coded('ENOTFOUND') });
    expect(mapNetworkError(wrapped, 'h').message).toMatch(/resolved/);
    expect(codeOf(new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]))).toBe('ECONNREFUSED');
    expect(codeOf('text')).toBeNull();
  });

  it('tells a proxy that refuses the tunnel', () => {
    const error = coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling');
    expect(mapNetworkError(error, 'h').message).toMatch(/through the proxy/);
  });

  it('keeps a failure as it is, and names only the code of what it does not know', () => {
    const own = new Failure('too-large', 'x');
    expect(mapNetworkError(own, 'h')).toBe(own);
    expect(mapNetworkError(coded('E_NEW'), 'h').message).toBe('The request to h failed (E_NEW).');
    expect(mapNetworkError(new Error('secret'), 'h').message).toBe('The request to h failed.');
  });
});
