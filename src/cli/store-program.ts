import type { Command } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { CopyOptions } from './commands/store/copy.ts';
import type { ImportOptions } from './commands/store/import-greenkube.ts';
import type { StoreOptions } from './commands/store/store-options.ts';

/** `podwatt store …`: each command loads what it needs when it runs. */
export function addStoreCommands(program: Command, deps: CliDeps): void {
  const store = program.command('store').description('look after the store of the results');
  const add = (name: string, description: string) =>
    store
      .command(name)
      .description(description)
      .option('--data-dir <dir>', 'folder of Podwatt')
      .option('--store <url>', 'another store: sqlite:///FILE, postgres://… or elasticsearch+https://…')
      .option('--json', 'print the result as JSON');

  add('status', 'print state, size and growth').action(async (options: StoreOptions) => {
    const { storeStatus } = await import('./commands/store/status.ts');
    await storeStatus(options, deps);
  });
  add('test', 'reach the store, or the one at URL: latency, version, missing rights')
    .argument('[url]', 'address of a store')
    .action(async (url: string | undefined, options: StoreOptions) => {
      const { storeTest } = await import('./commands/store/test.ts');
      await storeTest(url, options, deps);
    });
  add('check', 'check the integrity of the store, and its totals against its rows').action(
    async (options: StoreOptions) => {
      const { storeCheck } = await import('./commands/store/check.ts');
      await storeCheck(options, deps);
    },
  );
  add('backup', 'copy a SQLite store to a file, also while Podwatt runs')
    .argument('[file]', 'the copy; a name with the time in this folder where left out')
    .action(async (file: string | undefined, options: StoreOptions) => {
      const { storeBackup } = await import('./commands/store/backup.ts');
      await storeBackup(file, options, deps);
    });
  add('restore', 'put a backup in the place of a SQLite store, which is kept beside it')
    .argument('<file>', 'a copy that backup made')
    .action(async (file: string, options: StoreOptions) => {
      const { storeRestore } = await import('./commands/store/restore.ts');
      await storeRestore(file, options, deps);
    });
  add('vacuum', 'give room that is no longer used back to the disk').action(async (options: StoreOptions) => {
    const { storeVacuum } = await import('./commands/store/vacuum.ts');
    await storeVacuum(options, deps);
  });
  add('maintain', 'remove now what is older than the settings keep').action(async (options: StoreOptions) => {
    const { storeMaintain } = await import('./commands/store/maintain.ts');
    await storeMaintain(options, deps);
  });
  store
    .command('copy')
    .description('copy everything of one store into another, of the same kind or not; once more: what is missing')
    .requiredOption('--from <url>', 'the store that is copied; it is only read')
    .requiredOption('--to <url>', 'the store that it goes to; made where it is missing')
    .option('--json', 'print the result as JSON')
    .action(async (options: CopyOptions) => {
      const { storeCopy } = await import('./commands/store/copy.ts');
      await storeCopy(options, deps);
    });
  add('import-greenkube', 'take the history of a GreenKube 0.2.12 into the store; what the store has stays as it is')
    .requiredOption('--from <url>', 'its database, only read: sqlite:///FILE or postgres://…')
    .requiredOption('--cluster <id>', 'id, name or context of the cluster that it watched')
    .action(async (options: ImportOptions) => {
      const { storeImportGreenKube } = await import('./commands/store/import-greenkube.ts');
      await storeImportGreenKube(options, deps);
    });
}
