import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { StoreSettings } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';

/** @throws Failure 'bad-input' where both addresses are of one store, whatever way each writes it. */
export async function refuseSameAddress(from: StoreSettings, to: StoreSettings): Promise<void> {
  const [left, right] = await Promise.all([placeOf(from), placeOf(to)]);
  if (left === right) throw sameStore();
}

/**
 * Who copies one store into another from this machine: the same after a crash, so that the next run need not wait for the
 * lease of the one before. Should two run side by side, they write the same windows.
 */
export async function copyHolder(from: StoreSettings, to: StoreSettings): Promise<string> {
  const parts = ['podwatt store copy', hostname(), await placeOf(from), await placeOf(to)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export function sameStore(): Failure {
  return new Failure('bad-input', 'Both addresses lead to the same store', {
    hint: 'Name another store, file, schema or index prefix with --to.',
  });
}

/** What makes a store another one; who signs in, and how, does not. */
async function placeOf(settings: StoreSettings): Promise<string> {
  switch (settings.kind) {
    case 'sqlite':
      return realpath(settings.file).catch(() => settings.file);
    case 'postgres': {
      const { host, port, database, schema } = settings;
      return JSON.stringify([host.toLowerCase(), port, database, schema]);
    }
    case 'elasticsearch':
      return JSON.stringify([settings.url.replace(/\/+$/, '').toLowerCase(), settings.indexPrefix]);
  }
}
