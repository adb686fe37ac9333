import type { EncryptionStatus, RotateAnswer } from '../../contract/schemas/kubernetes/encryption.ts';

const SOURCES: Readonly<Record<EncryptionStatus['source'], string>> = {
  variable: 'your own key, of the variable',
  'key-file': 'your own key, of the file',
  keychain: 'the key of',
  'data-folder': 'the key file',
};

/** Keys in force and needed, for a person. */
export function formatEncryption(status: EncryptionStatus): string {
  const lines = [`Key in force: ${status.key_id ?? 'none yet'} (${SOURCES[status.source]} ${status.location})`];
  if (status.records.length === 0) lines.push('No kubeconfig is stored.');
  for (const { key_id: id, count, can_open: opens } of status.records) {
    lines.push(`${kubeconfigs(count)} sealed with ${id}${opens ? '' : ': this key is not here'}`);
  }
  return `${[...lines, ...status.advice].join('\n')}\n`;
}

/** What a rotation did, for a person. */
export function formatRotation(answer: RotateAnswer): string {
  const lines = [`Key in force: ${answer.key_id}`, `${kubeconfigs(answer.sealed_anew)} sealed anew.`];
  if (answer.already_sealed > 0) lines.push(`${kubeconfigs(answer.already_sealed)} had that key already.`);
  for (const { cluster, key_id: id } of answer.not_opened) {
    lines.push(`${cluster} could not be opened: it needs the key ${id}, and stays as it was.`);
  }
  return `${[...lines, ...answer.advice].join('\n')}\n`;
}

function kubeconfigs(count: number): string {
  return count === 1 ? '1 kubeconfig' : `${count} kubeconfigs`;
}
