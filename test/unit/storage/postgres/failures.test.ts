import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import {
  isConnectionError,
  isWorthRepeating,
  postgresFailure,
  stateOf,
} from '../../../../src/storage/postgres/postgres-failure.ts';
import { refuseOld } from '../../../../src/storage/postgres/server-version.ts';

function said(code: string, message = 'the server said so'): Error {
  return Object.assign(new Error(message), { severity: 'ERROR', code });
}

function system(code: string): Error {
  return Object.assign(new Error(`connect ${code} 10.0.0.1:5432`), { code });
}

describe('postgresFailure', () => {
  it.each([
    [said('28P01', 'password authentication failed for user "x"'), 'unauthenticated'],
    [said('28000', 'no pg_hba.conf entry'), 'unauthenticated'],
    [said('42501', 'permission denied for table leases'), 'forbidden'],
    [said('25006', 'cannot execute INSERT in a read-only transaction'), 'forbidden'],
    [said('3D000', 'database "x" does not exist'), 'store'],
    [said('57014', 'canceling statement due to statement timeout'), 'timeout'],
    [said('57P01', 'terminating connection due to administrator command'), 'store-away'],
    [said('57P03', 'the database system is starting up'), 'store-away'],
    [said('08006'), 'store-away'],
    [said('53300', 'sorry, too many clients already'), 'store-away'],
    [said('53100', 'could not extend file: No space left on device'), 'store'],
    [said('42P01', 'relation "x" does not exist'), 'store'],
    [system('ECONNREFUSED'), 'store-away'],
    [system('ENOTFOUND'), 'store-away'],
    [new AggregateError([system('ECONNREFUSED')]), 'store-away'],
    [new Error('Connection terminated unexpectedly'), 'store-away'],
    [new Error('timeout exceeded when trying to connect'), 'timeout'],
    [new Error('Connection terminated due to connection timeout'), 'store-away'],
    [new Error('Query read timeout'), 'store-away'],
    [new Error('The server does not support SSL connections'), 'tls'],
    [system('SELF_SIGNED_CERT_IN_CHAIN'), 'tls'],
    [system('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
    ['something odd', 'store'],
  ] as const)('reads %s as %s', (error, code) => {
    const failure = postgresFailure(error);
    expect(failure.code).toBe(code);
    expect(failure.hint).not.toBeNull();
    expect(failure.cause).toBe(error);
  });

  it('passes failures of ours, and says cancelled wherever somebody cancelled', () => {
    const ours = new Failure('conflict', 'older');
    expect(postgresFailure(ours)).toBe(ours);
    expect(postgresFailure(said('57014'), AbortSignal.abort()).code).toBe('cancelled');
    expect(postgresFailure(said('57014'), new AbortController().signal).code).toBe('timeout');
  });

  it('keeps to the first line of what was said', () => {
    expect(postgresFailure(said('XX000', 'broken.\nFailing row contains (secret)')).message).toBe(
      'PostgreSQL refused: broken',
    );
  });
});

describe('what a failure means for the next try', () => {
  it('repeats what only got in the way of another', () => {
    expect(['40001', '40P01', '23505', '42501'].map((code) => isWorthRepeating(said(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isWorthRepeating(undefined)).toBe(false);
  });

  it('tells a broken connection from a refused statement', () => {
    expect(isConnectionError(system('ECONNRESET'))).toBe(true);
    expect(isConnectionError(said('42P01'))).toBe(false);
    expect(isConnectionError('ECONNRESET')).toBe(false);
  });

  it('knows what the server said from what the system said', () => {
    expect(stateOf(said('42P01'))).toBe('42P01');
    expect(stateOf(system('EPIPE'))).toBeNull();
    expect(stateOf(null)).toBeNull();
  });
});

describe('refuseOld', () => {
  it('takes 14 and newer', () => {
    expect(() => refuseOld(140_000)).not.toThrow();
    expect(() => refuseOld(180_004)).not.toThrow();
    expect(() => refuseOld(130_022)).toThrow('PostgreSQL 13 is too old');
  });
});
