import type { Command } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { RotateOptions } from './commands/encryption/rotate.ts';
import type { StoreOptions } from './commands/store/store-options.ts';

/** `podwatt encryption …`: each command loads what it needs when it runs. */
export function addEncryptionCommands(program: Command, deps: CliDeps): void {
  const encryption = program.command('encryption').description('look after the key that seals stored kubeconfigs');
  const add = (name: string, description: string) =>
    encryption
      .command(name)
      .description(description)
      .option('--data-dir <dir>', 'folder of Podwatt')
      .option('--store <url>', 'another store: sqlite:///FILE, postgres://… or elasticsearch+https://…')
      .option('--json', 'print the result as JSON');

  add('status', 'print which key is in force, and which the stored kubeconfigs need').action(
    async (options: StoreOptions) => {
      const { encryptionStatus } = await import('./commands/encryption/status.ts');
      await encryptionStatus(options, deps);
    },
  );
  add('rotate', 'seal the stored kubeconfigs with a new key')
    .option(
      '--new-key-file <file>',
      'file of the new key (32 bytes in base64 or hexadecimal); made where it is not there',
    )
    .action(async (options: RotateOptions) => {
      const { encryptionRotate } = await import('./commands/encryption/rotate.ts');
      await encryptionRotate(options, deps);
    });
}
