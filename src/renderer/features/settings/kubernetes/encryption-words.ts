import type { EncryptionStatus, RotateAnswer } from '../../../../contract/schemas/kubernetes/encryption.ts';
import { formatCount } from '../../../format/digits.ts';

type Source = EncryptionStatus['source'];

export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  variable: 'Your own key, of a variable',
  'key-file': 'Your own key, of a file',
  keychain: 'The keychain of this computer',
  'data-folder': 'A key file beside the data',
};

/** What rotating does with a key of that kind. */
export const ROTATION_WORDS: Readonly<Record<Source, string>> = {
  variable: 'The key itself stays, as it comes from you: what an older key sealed is sealed anew with it.',
  'key-file': 'The key itself stays, as it comes from you: what an older key sealed is sealed anew with it.',
  keychain: 'The key itself stays in the keychain: what an older key sealed is sealed anew with it.',
  'data-folder': 'A new key is made, and every kubeconfig is sealed anew with it. The key before is kept beside it.',
};

const kubeconfigs = (count: number): string => (count === 1 ? '1 kubeconfig' : `${formatCount(count)} kubeconfigs`);

/** `2 kubeconfigs sealed anew, 1 had that key already`. */
export function rotatedWords({ sealed_anew, already_sealed }: RotateAnswer): string {
  const had = already_sealed === 0 ? '' : `, ${formatCount(already_sealed)} had that key already`;
  return `${kubeconfigs(sealed_anew)} sealed anew${had}.`;
}

/** One line a key: what it seals, and whether it is here. */
export function recordWords({ count, can_open }: EncryptionStatus['records'][number], isInForce: boolean): string {
  if (!can_open) return `${kubeconfigs(count)}, and this key is not here`;
  return isInForce ? kubeconfigs(count) : `${kubeconfigs(count)}, with an older key`;
}
