import type { EncryptionStatus, RotateAnswer } from '../../contract/schemas/kubernetes/encryption.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import { envelopeKeyId } from '../secrets/envelope.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { allEntries } from './all-entries.ts';
import { openKubeconfig, sealKubeconfig } from './sealed-kubeconfigs.ts';

export interface RotationDeps {
  readonly store: Pick<KubernetesStore, 'clusterEntries' | 'clusterEntry' | 'putClusterEntry'>;
  readonly keys: KeyRing;
  /** Settings that this machine keeps sealed are sealed anew too. */
  readonly sealSettingsAnew: () => Promise<void>;
  readonly contextsChanged: () => void;
  readonly refuseReadOnly: () => void;
}

const UNREADABLE = 'unknown';

/** Keys by their ids: which is in force, and which the stored kubeconfigs need. */
export async function encryptionStatus({
  store,
  keys,
}: Pick<RotationDeps, 'store' | 'keys'>): Promise<EncryptionStatus> {
  const inForce = await keys.inForce();
  const counts = new Map<string, number>();
  for (const entry of await sealedEntries(store)) {
    const id = keyIdOf(entry);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const records = await Promise.all(
    [...counts].map(async ([id, count]) => ({ key_id: id, count, can_open: (await keys.find(id)) !== null })),
  );
  return {
    key_id: inForce.id,
    source: keys.source,
    location: keys.location,
    records: records.sort((a, b) => (a.key_id < b.key_id ? -1 : 1)),
    advice: adviceOf(keys, inForce.id, records),
  };
}

/**
 * Seals every stored kubeconfig anew, one by one: with a new key of the data folder, with the key of a file, or with
 * the person's own key where it replaced another. The keys before stay readable, so that a rotation that ends in the
 * middle loses nothing and the next one goes on.
 */
export async function rotateKey(newKeyFile: string | null, deps: RotationDeps): Promise<RotateAnswer> {
  const { store, keys } = deps;
  deps.refuseReadOnly();
  const isUnfinished = await hasOlder(deps);
  let keptFile: string | null = null;
  if (newKeyFile !== null) await keys.takeKeyFile(newKeyFile);
  else if (keys.source === 'data-folder' && !isUnfinished) keptFile = (await keys.renewFolderKey()).keptFile;
  const key = await keys.inForce();
  const notOpened: { cluster: string; key_id: string }[] = [];
  let [sealedAnew, alreadySealed] = [0, 0];
  for (const { id } of await sealedEntries(store)) {
    // Read right before it is written: what a sync changed meanwhile stays.
    const entry = await store.clusterEntry(id);
    if (entry === null || entry.sealedKubeconfig === null) continue;
    if (keyIdOf(entry) === key.id) {
      alreadySealed += 1;
      continue;
    }
    const text = await openKubeconfig(entry, keys).catch(() => null);
    if (text === null) {
      notOpened.push({ cluster: entry.name, key_id: keyIdOf(entry) });
      continue;
    }
    await store.putClusterEntry({ ...entry, sealedKubeconfig: sealKubeconfig(text, id, key) });
    sealedAnew += 1;
  }
  await deps.sealSettingsAnew();
  deps.contextsChanged();
  return {
    key_id: key.id,
    sealed_anew: sealedAnew,
    already_sealed: alreadySealed,
    not_opened: notOpened,
    kept_key_file: keptFile,
    advice: rotationAdvice(newKeyFile, keptFile, keys),
  };
}

/** True where an earlier rotation ended before its last record. */
async function hasOlder({ store, keys }: RotationDeps): Promise<boolean> {
  const inForce = (await keys.inForce()).id;
  for (const entry of await sealedEntries(store)) {
    const id = keyIdOf(entry);
    if (id !== inForce && (await keys.find(id)) !== null) return true;
  }
  return false;
}

async function sealedEntries(store: RotationDeps['store']): Promise<ClusterEntry[]> {
  return (await allEntries(store)).filter((entry) => entry.sealedKubeconfig !== null);
}

function keyIdOf(entry: ClusterEntry): string {
  return envelopeKeyId(entry.sealedKubeconfig ?? '') ?? UNREADABLE;
}

function rotationAdvice(newKeyFile: string | null, keptFile: string | null, keys: KeyRing): string[] {
  if (newKeyFile !== null) {
    return [
      `Set PODWATT_ENCRYPTION_KEY_FILE=${newKeyFile} before Podwatt starts the next time, and take PODWATT_ENCRYPTION_KEY away.`,
      'Keep the key before as long as backups of the store need it.',
    ];
  }
  if (keptFile !== null)
    return [`The key before is kept as ${keptFile}: remove it when no backup or other store needs it.`];
  return keys.source === 'data-folder' ? [] : [`The key itself stays: it comes from ${keys.location}.`];
}

function adviceOf(
  keys: KeyRing,
  inForce: string,
  records: readonly { key_id: string; count: number; can_open: boolean }[],
): string[] {
  const closed = records.filter((record) => !record.can_open);
  const older = records.filter((record) => record.can_open && record.key_id !== inForce);
  return [
    ...closed.map(
      ({ key_id, count }) =>
        `${count} kubeconfigs need the key ${key_id}, which is not here. Nothing is lost: start Podwatt with that key.`,
    ),
    ...(older.length === 0
      ? []
      : ['Some kubeconfigs are sealed with an older key: podwatt encryption rotate seals them anew.']),
    ...(keys.source === 'data-folder'
      ? [
          'The key lies beside the data: who can read the data folder can open the kubeconfigs. PODWATT_ENCRYPTION_KEY_FILE takes a key of your own.',
        ]
      : []),
  ];
}
