import { resolve } from 'node:path';
import { Failure } from '../../../model/failure.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { formatRotation } from '../../output/encryption-text.ts';
import { settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import type { StoreOptions } from '../store/store-options.ts';
import { withClient } from '../with-client.ts';

export interface RotateOptions extends StoreOptions {
  newKeyFile?: string;
}

/** `podwatt encryption rotate`: seals the stored kubeconfigs anew. Exit code 1 where some could not be opened. */
export async function encryptionRotate(options: RotateOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const { newKeyFile } = options;
  const input = newKeyFile === undefined ? {} : { new_key_file: resolve(terminal.workingDir, newKeyFile) };
  const answer = await withClient(settings, deps, (client) => client.k8s.rotateKey(input));
  await print(options, deps, answer, formatRotation(answer));
  if (answer.not_opened.length > 0) {
    throw new Failure('store', 'Some kubeconfigs could not be opened, and stay as they were', {
      hint: 'Start Podwatt with the keys that they need, and rotate again.',
    });
  }
}
