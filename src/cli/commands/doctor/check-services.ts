import type { SourceState } from '../../../contract/schemas/sources.ts';
import type { StoreStatus } from '../../../contract/schemas/store.ts';
import type { Client } from '../../../server/client.ts';
import { readCallError } from '../../../server/client.ts';
import { type Finding, finding } from './finding.ts';

/** The store, the sources outside of the clusters, and the key that seals what is secret. */
export async function checkServices(client: Client): Promise<Finding[]> {
  const parts = await Promise.all([
    asked('store', async () => [checkStore(await client.store.status())]),
    asked('sources', async () => (await client.sources.states()).sources.filter(isOutside).map(checkSource)),
    asked('encryption', () => checkEncryption(client)),
  ]);
  return parts.flat();
}

export function checkStore(status: StoreStatus): Finding {
  const { state, location, problem, hint, spool } = status;
  const waiting = spool.windows === 0 ? '' : ` ${spool.windows} windows wait on this machine.`;
  if (state === 'up') return finding('store', 'ok', `${location} answers.${waiting}`);
  const detail = `${location}: ${problem ?? state}.${waiting}`;
  return finding('store', state === 'away' ? 'broken' : 'warning', detail, hint);
}

/** Those of clusters are told by the check of their context. */
function isOutside({ cluster }: SourceState): boolean {
  return cluster === null;
}

export function checkSource({ id, state, message, hint }: SourceState): Finding {
  const words = message ?? state;
  switch (state) {
    case 'working':
    case 'not-set-up':
    case 'offline':
    case 'waiting':
      return finding(id, 'ok', words, hint);
    case 'failed':
      // The bundled tables stand in for it.
      return finding(id, 'warning', words, hint);
  }
}

async function checkEncryption(client: Client): Promise<Finding[]> {
  const { key_id: id, location, records, advice } = await client.k8s.encryption();
  const closed = records.filter((record) => !record.can_open);
  const sealed = records.reduce((sum, record) => sum + record.count, 0);
  if (closed.length === 0) {
    const words = id === null ? 'No key was needed yet' : `The key in ${location} opens all of ${sealed} kubeconfigs`;
    return [finding('encryption', 'ok', words, advice[0] ?? null)];
  }
  const count = closed.reduce((sum, record) => sum + record.count, 0);
  const keys = closed.map((record) => record.key_id).join(', ');
  const detail = `${count} of ${sealed} stored kubeconfigs need a key that is not here: ${keys}`;
  return [finding('encryption', 'broken', detail, advice[0] ?? 'Start Podwatt with that key.')];
}

/** What can't be asked is a finding like any other: the rest is looked at all the same. */
async function asked(about: string, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask();
  } catch (error) {
    const call = readCallError(error);
    return [finding(about, 'broken', call?.message ?? 'It could not be asked', call?.hint ?? null)];
  }
}
