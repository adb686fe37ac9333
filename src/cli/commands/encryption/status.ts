import type { CliDeps } from '../../cli-deps.ts';
import { formatEncryption } from '../../output/encryption-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import type { StoreOptions } from '../store/store-options.ts';
import { withClient } from '../with-client.ts';

/** `podwatt encryption status`: which key seals the stored kubeconfigs, and which they need. Keys themselves are never shown. */
export async function encryptionStatus(options: StoreOptions, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const status = await withClient(settings, deps, (client) => client.k8s.encryption());
  await print(options, deps, status, formatEncryption(status));
}
