import type { Command } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { SharedOptions } from './commands/command-settings.ts';
import { withStoreOptions } from './commands/filter-options.ts';

const collectList = (value: string, previous: string[] | undefined) => [...(previous ?? []), value];

/** `podwatt doctor`. */
export function addDoctorCommand(program: Command, deps: CliDeps): void {
  withStoreOptions(
    program.command('doctor').description('look at everything that Podwatt needs, and say what to do about it'),
  )
    .option('--kubeconfig <file>', 'kubeconfig file in place of KUBECONFIG; may be repeated', collectList)
    .option('--context <name>', 'only this context; may be repeated', collectList)
    .option('--json', 'print the result as JSON')
    .action(async (options: SharedOptions & { json?: boolean }) => {
      const { doctor } = await import('./commands/doctor/doctor.ts');
      await doctor(options, deps);
    });
}
