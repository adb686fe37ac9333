import { Failure, type FailureCode } from '../../model/failure.ts';
import { hasNoTls, isTlsFailure } from './tls.ts';

interface Meaning {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
}

const AWAY: Meaning = {
  code: 'store-away',
  message: "PostgreSQL can't be reached",
  hint: 'Check that the server runs and that host, port and firewall let Podwatt through. It is tried again by itself.',
};
const NO_RIGHT: Meaning = {
  code: 'forbidden',
  message: 'The PostgreSQL user lacks a right that this needs',
  hint: 'Grant it, or use another user; Settings > Store > Test connection names the rights that are missing.',
};

/** By SQLSTATE; two characters stand for their whole class. */
const BY_STATE: Readonly<Record<string, Meaning>> = {
  '28P01': {
    code: 'unauthenticated',
    message: 'PostgreSQL refused the user or its password',
    hint: 'Check user and password of the store.',
  },
  '28': {
    code: 'unauthenticated',
    message: 'PostgreSQL does not let this user in from here',
    hint: 'Check the user, and pg_hba.conf of the server.',
  },
  '42501': NO_RIGHT,
  '25006': {
    code: 'forbidden',
    message: 'This PostgreSQL only reads: it is a standby, or set to read only',
    hint: 'Point Podwatt at the primary server.',
  },
  '3D000': { code: 'store', message: 'The database does not exist', hint: 'Make it first: CREATE DATABASE.' },
  '57014': {
    code: 'timeout',
    message: 'The question took too long',
    hint: 'Ask for a shorter time or fewer things, or raise the statement timeout of the store.',
  },
  '57': AWAY,
  '08': AWAY,
  '25P03': AWAY,
  '53300': {
    code: 'store-away',
    message: 'PostgreSQL has no connection left',
    hint: 'Raise max_connections of the server, or lower the pool size of the stores that use it.',
  },
  '53': {
    code: 'store',
    message: 'PostgreSQL is out of memory or disk',
    hint: 'Make room on the server, then try again.',
  },
};

const BUSY: Meaning = {
  code: 'timeout',
  message: 'All connections to PostgreSQL were busy for too long',
  hint: 'Raise the pool size of the store, or ask for less at a time.',
};

const CONNECTION_CODES = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EHOSTDOWN ENETDOWN ENOTFOUND EAI_AGAIN ENOENT'.split(
    ' ',
  ),
);
/** What the pool says where nobody gives a connection back in time. */
const POOL_IS_FULL = 'timeout exceeded when trying to connect';
/** What the driver says without a code when a connection ends or does not come about. */
const CONNECTION_MESSAGES = [
  'Connection terminated',
  'timeout expired',
  'Client has encountered a connection error',
  'Client was closed',
  'Query read timeout',
];

/** Turns what the driver throws into a `Failure` without secrets; failures of ours pass as they are. */
export function postgresFailure(error: unknown, signal?: AbortSignal): Failure {
  if (error instanceof Failure) return error;
  if (signal?.aborted === true) return cancelled();
  const state = stateOf(error);
  const known = state === null ? undefined : (BY_STATE[state] ?? BY_STATE[state.slice(0, 2)]);
  if (known !== undefined) return failureOf(known, error);
  if (error instanceof Error && error.message === POOL_IS_FULL) return failureOf(BUSY, error);
  if (isConnectionError(error)) return failureOf(AWAY, error);
  if (hasNoTls(error)) {
    return new Failure('tls', 'The PostgreSQL server has no TLS', {
      hint: 'Turn TLS on at the server, or choose prefer or disable where the network is trusted.',
      cause: error,
    });
  }
  if (isTlsFailure(error)) {
    return new Failure('tls', `The certificate of the PostgreSQL server was refused: ${detailOf(error)}`, {
      hint: 'Give the certificate authority of the server (PEM), and the host name that its certificate carries.',
      cause: error,
    });
  }
  return new Failure('store', `PostgreSQL refused: ${detailOf(error)}`, {
    hint: 'If it stays, look into the log of Podwatt and of the server.',
    cause: error,
  });
}

export function cancelled(): Failure {
  return new Failure('cancelled', 'The question was cancelled');
}

/** Two transactions got in each other's way: done again, the loser goes through. */
export function isWorthRepeating(error: unknown): boolean {
  const state = stateOf(error);
  return state === '40001' || state === '40P01';
}

/** SQLSTATE of what the server said; null for what it did not say. */
export function stateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'severity' in error && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** True where the connection itself is of no use any more. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  if ('code' in error && typeof error.code === 'string' && CONNECTION_CODES.has(error.code)) return true;
  return CONNECTION_MESSAGES.some((message) => error.message.startsWith(message));
}

function failureOf({ code, message, hint }: Meaning, error: unknown): Failure {
  const detail = detailOf(error);
  return new Failure(code, detail === '' ? message : `${message}: ${detail}`, {
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

/** The first line of what was said: neither the server's nor Node's holds a password or data of rows. */
function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
