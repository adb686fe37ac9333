import { type Command, Option } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { ExplainOptions } from './commands/explain.ts';
import type { ExportOptions } from './commands/export.ts';
import { withFilterOptions, withRangeOptions, withStoreOptions } from './commands/filter-options.ts';
import type { ReportOptions } from './commands/report.ts';

/** Commands that print figures: `report`, `export`, `explain`. */
export function addReportCommands(program: Command, deps: CliDeps): void {
  const add = (name: string, description: string) =>
    withFilterOptions(withRangeOptions(withStoreOptions(program.command(name).description(description)), '24h'));

  withRowOptions(add('report', 'print carbon, energy and cost of a range'))
    .addOption(new Option('--format <format>', 'form of the result').choices(['table', 'csv', 'json']).default('table'))
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'write to a file in place of stdout')
    .option('--fail-on-co2 <grams>', 'end with code 1 where operational and embodied carbon are more than this')
    .option('--fail-on-cost <amount>', 'end with code 1 where the cost is more than this')
    .action(async (options: ReportOptions) => {
      const { report } = await import('./commands/report.ts');
      await report(options, deps);
    });
  withRowOptions(add('export', 'write the rows of a range to a file or stdout, of any length'))
    .argument('[file]', 'the file; stdout where left out')
    .addOption(
      new Option('--format <format>', "form of the rows; by the file's name, else csv").choices(['csv', 'json']),
    )
    .option('--json', 'the same as --format json')
    .option('--no-aggregate', 'one row a window and pod, for ranges up to 48 hours')
    .action(async (file: string | undefined, options: ExportOptions) => {
      const { exportRows } = await import('./commands/export.ts');
      await exportRows(file, options, deps);
    });
  add('explain', 'print the formulas, values and sources behind a figure')
    .addOption(new Option('--metric <metric>', 'which figure').choices(['carbon', 'energy', 'cost']).default('carbon'))
    .option('--at <instant>', 'the window at this instant, ISO-8601, in place of a range')
    .option('--json', 'print the result as JSON')
    .action(async (options: ExplainOptions) => {
      const { explain } = await import('./commands/explain.ts');
      await explain(options, deps);
    });
}

function withRowOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--group-by <key>', 'one row for each').choices(['pod', 'workload', 'namespace']).default('pod'),
    )
    .addOption(
      new Option('--granularity <step>', 'length of a row')
        .choices(['hourly', 'daily', 'weekly', 'monthly', 'yearly'])
        .default('daily'),
    );
}
