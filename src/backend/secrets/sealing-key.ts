import { createHash } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { KEY_BYTES } from './sealed-text.ts';

/** A key with the name that records remember it by. */
export interface SealingKey {
  /** 12 hexadecimal digits of a digest: tells keys apart, and nothing of the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export function sealingKey(bytes: Uint8Array): SealingKey {
  const id = createHash('sha256').update('podwatt sealing key\0').update(bytes).digest('hex').slice(0, 12);
  return { id, bytes };
}

/**
 * A key as a person gives it: 32 bytes in base64 or in hexadecimal digits.
 * @throws Failure 'bad-input' that names where it came from, and never shows what was there
 */
export function parseKey(text: string, name: string): SealingKey {
  const written = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(written) ? Buffer.from(written, 'hex') : fromBase64(written);
  if (bytes !== null && bytes.length === KEY_BYTES) return sealingKey(bytes);
  throw new Failure(
    'bad-input',
    `${name} does not hold a key: it takes 32 bytes in base64 or as 64 hexadecimal digits`,
    {
      hint: 'Make one with: openssl rand -base64 32',
    },
  );
}

function fromBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}
