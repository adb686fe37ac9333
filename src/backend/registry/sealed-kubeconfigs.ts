import { Failure } from '../../model/failure.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import { envelopeKeyId, openEnvelope, sealEnvelope } from '../secrets/envelope.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { SealingKey } from '../secrets/sealing-key.ts';

type SealedEntry = Pick<ClusterEntry, 'id' | 'name' | 'sealedKubeconfig'>;

/** Binds an envelope to its cluster. */
function nameOf(clusterId: string): string {
  return `kubeconfig/${clusterId}`;
}

export function sealKubeconfig(text: string, clusterId: string, key: SealingKey): string {
  return sealEnvelope(text, nameOf(clusterId), key);
}

/**
 * The kubeconfig of a registered cluster in clear; it stays in memory.
 * @throws Failure 'store' that says which key is missing, or that the record is damaged
 */
export async function openKubeconfig(entry: SealedEntry, keys: KeyRing): Promise<string> {
  const sealed = entry.sealedKubeconfig ?? '';
  const problem = await problemOfSealed(entry, keys);
  if (problem !== null) throw new Failure('store', problem.message, { hint: problem.hint });
  const key = await keys.find(envelopeKeyId(sealed) ?? '');
  const text = key === null ? null : openEnvelope(sealed, nameOf(entry.id), key);
  if (text !== null) return text;
  const damaged = damagedRecord(entry);
  throw new Failure('store', damaged.message, { hint: damaged.hint });
}

/** Why a kubeconfig can't be opened, as far as its outside tells; null where it should open. */
export async function problemOfSealed(
  entry: SealedEntry,
  keys: KeyRing,
): Promise<{ message: string; hint: string } | null> {
  const keyId = envelopeKeyId(entry.sealedKubeconfig ?? '');
  if (keyId === null) return damagedRecord(entry);
  if ((await keys.find(keyId)) !== null) return null;
  const inForce = await keys.inForce();
  return {
    message: `The kubeconfig of "${entry.name}" was sealed with the key ${keyId}, and this Podwatt has the key ${inForce.id} (${keys.location})`,
    hint: `Nothing is lost: start Podwatt with the key ${keyId} (PODWATT_ENCRYPTION_KEY or PODWATT_ENCRYPTION_KEY_FILE), or put its key file back.`,
  };
}

function damagedRecord(entry: SealedEntry): { message: string; hint: string } {
  return {
    message: `The sealed kubeconfig of "${entry.name}" is damaged: its key fits, its content does not`,
    hint: 'Restore the store from a backup, or remove the cluster and register it again.',
  };
}
