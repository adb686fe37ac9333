import { type Command, Option } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import { withRangeOptions, withStoreOptions } from './commands/filter-options.ts';
import type { RecommendOptions } from './commands/recommend.ts';
import type { ScoreOptions } from './commands/score.ts';

/** `podwatt recommend` and `podwatt score`. */
export function addSavingsCommands(program: Command, deps: CliDeps): void {
  withStoreOptions(program.command('recommend').description('print what could be saved, and how'))
    .option('--cluster <name>', 'only this cluster: its id, its name or its context')
    .option('--namespace <name>', 'only this namespace')
    .option('--type <type>', 'only this type, for example RIGHTSIZING_CPU')
    .addOption(
      new Option('--fail-on <severity>', 'end with code 1 where one is this severe, or more').choices([
        'critical',
        'high',
        'medium',
        'low',
      ]),
    )
    .option('--json', 'print the result as JSON')
    .action(async (options: RecommendOptions) => {
      const { recommend } = await import('./commands/recommend.ts');
      await recommend(options, deps);
    });
  withRangeOptions(withStoreOptions(program.command('score').description('print the sustainability score')), '7d')
    .option('--cluster <name>', 'only this cluster: its id, its name or its context')
    .option('--namespace <name>', 'only this namespace')
    .option('--json', 'print the result as JSON')
    .action(async (options: ScoreOptions) => {
      const { score } = await import('./commands/score.ts');
      await score(options, deps);
    });
}
