import { randomBytes } from 'node:crypto';
import { KEY_BYTES, openSealed, sealText } from './sealed-text.ts';
import type { SealingKey } from './sealing-key.ts';

const FORM = 'e1';

/**
 * AES-256-GCM with a data key of its own, which is sealed by the master key. The id of the master key stands in front,
 * so that a wrong one can be told from damage. `name` binds both to one record.
 */
export function sealEnvelope(text: string, name: string, key: SealingKey): string {
  const dataKey = randomBytes(KEY_BYTES);
  const wrapped = sealText(dataKey.toString('base64'), `${name}/key`, key.bytes);
  const sealed = sealText(text, name, dataKey);
  dataKey.fill(0);
  return [FORM, key.id, wrapped, sealed].join('.');
}

/** The id of the master key that a record needs; null for what is no envelope. */
export function envelopeKeyId(envelope: string): string | null {
  return partsOf(envelope)?.keyId ?? null;
}

/** Null where the key is another one, or the record was changed or belongs elsewhere. */
export function openEnvelope(envelope: string, name: string, key: SealingKey): string | null {
  const parts = partsOf(envelope);
  if (parts === null || parts.keyId !== key.id) return null;
  const dataKey = openSealed(parts.wrapped, `${name}/key`, key.bytes);
  return dataKey === null ? null : openSealed(parts.sealed, name, Buffer.from(dataKey, 'base64'));
}

function partsOf(envelope: string): { keyId: string; wrapped: string; sealed: string } | null {
  const [form, keyId, wrapped, sealed, ...rest] = envelope.split('.');
  if (form !== FORM || keyId === undefined || wrapped === undefined || sealed === undefined || rest.length > 0)
    return null;
  return { keyId, wrapped, sealed };
}
