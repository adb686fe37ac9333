import { readFile } from 'node:fs/promises';
import { Failure } from '../../../model/failure.ts';
import { bearer, type CredentialSource, type Credentials } from './credentials.ts';

const FRESH_MILLISECONDS = 60_000;

/** A token that something else keeps fresh in a file: read again each minute, and at once when it was refused. */
export function tokenFileCredentials(path: string, nowMilliseconds: () => number): CredentialSource {
  let held: { credentials: Credentials; readAt: number } | null = null;
  return {
    async credentials() {
      if (held === null || nowMilliseconds() - held.readAt >= FRESH_MILLISECONDS) {
        const credentials = { headers: bearer(await readToken(path)), clientCertificate: null };
        held = { credentials, readAt: nowMilliseconds() };
      }
      return held.credentials;
    },
    invalidate(refused) {
      if (held?.credentials === refused) held = null;
      return true;
    },
    close: () => undefined,
  };
}

async function readToken(path: string): Promise<string> {
  const token = await readFile(path, 'utf8').catch(() => null);
  if (token === null) {
    throw new Failure('unauthenticated', `The token file ${path} can't be read.`, {
      hint: 'Check that the file is there and that you may read it.',
    });
  }
  if (token.trim() === '') {
    throw new Failure('unauthenticated', `The token file ${path} is empty.`, { hint: 'Fetch a new token.' });
  }
  return token.trim();
}
