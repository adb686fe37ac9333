import { type Command, Option } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import type { SharedOptions } from './commands/command-settings.ts';
import { withStoreOptions } from './commands/filter-options.ts';
import type { CreateTokenOptions } from './commands/tokens/create.ts';

type ListOptions = SharedOptions & { json?: boolean };

/** `podwatt tokens …`: each command loads what it needs when it runs. */
export function addTokenCommands(program: Command, deps: CliDeps): void {
  const tokens = program.command('tokens').description('look after the tokens of programs that call the API');
  const add = (name: string, description: string) =>
    withStoreOptions(tokens.command(name).description(description)).option('--json', 'print the result as JSON');

  add('list', 'list the tokens; their secrets are kept nowhere').action(async (options: ListOptions) => {
    const { listTokens } = await import('./commands/tokens/list.ts');
    await listTokens(options, deps);
  });
  add('create', 'make a token, and print it this once')
    .argument('<name>', 'what it is for')
    .addOption(
      new Option('--scope <scope>', 'read changes nothing, metrics reaches the exporter alone')
        .choices(['read', 'write', 'metrics'])
        .default('read'),
    )
    .option('--expires <days>', 'how long it works: days such as 90d, or never', '90d')
    .action(async (name: string, options: CreateTokenOptions) => {
      const { createToken } = await import('./commands/tokens/create.ts');
      await createToken(name, options, deps);
    });
  add('revoke', 'revoke a token by its name or id')
    .argument('<token>', 'its name or its id')
    .action(async (named: string, options: ListOptions) => {
      const { revokeToken } = await import('./commands/tokens/revoke.ts');
      await revokeToken(named, options, deps);
    });
}
