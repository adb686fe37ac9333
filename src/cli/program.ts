import { Command, CommanderError } from 'commander';
import type { CliDeps } from './cli-deps.ts';
import { addDoctorCommand } from './doctor-program.ts';
import { addEncryptionCommands } from './encryption-program.ts';
import { describeFailure, EXIT, type ExitCode } from './report-failure.ts';
import { addReportCommands } from './report-program.ts';
import { addSavingsCommands } from './savings-program.ts';
import { addStoreCommands } from './store-program.ts';
import { addTokenCommands } from './tokens-program.ts';

const collectList = (value: string, previous: string[] | undefined) => [...(previous ?? []), value];

/**
 * Runs one command line.
 * @returns 0 done, 1 failed, 2 bad usage
 */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<ExitCode> {
  const { terminal } = deps;
  const written: Promise<void>[] = [];
  const program = createProgram(deps);
  for (const command of withSubcommands(program)) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => void written.push(terminal.write(text)),
      writeErr: (text) => terminal.writeError(text),
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badUsage;
    const { text, exitCode } = describeFailure(error);
    if (terminal.env.PODWATT_LOG_LEVEL === 'debug' && error instanceof Error)
      terminal.writeError(`${error.stack ?? error.message}\n`);
    terminal.writeError(text);
    return exitCode;
  } finally {
    await Promise.all(written);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function createProgram(deps: CliDeps): Command {
  const program = new Command('podwatt')
    .description('Shows, explains and cuts the carbon and cost of the Kubernetes clusters in your kubeconfig.')
    .version(deps.places.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError(true)
    .showHelpAfterError('Run podwatt --help for the commands and options.')
    .addHelpText(
      'after',
      '\nOptions can also be set as PODWATT_… variables and in config.yaml. Exit codes: 0 done, 1 failed, 2 bad usage.',
    );

  withServerOptions(
    program.command('serve').description('serve the interface and the API, and collect from contexts'),
  ).action(async (options) => {
    const { serve } = await import('./commands/serve.ts');
    await serve(options, deps);
  });
  withServerOptions(program.command('demo').description('serve a sample cluster with a week of history')).action(
    async (options) => {
      const { demo } = await import('./commands/demo.ts');
      await demo(options, deps);
    },
  );
  withSourceOptions(program.command('collect').description('collect once, and print what each source gave'))
    .requiredOption('--last <range>', 'how far back: a number and h, d or w', '24h')
    .option('--json', 'print the result as JSON')
    .action(async (options) => {
      const { collect } = await import('./commands/collect.ts');
      await collect(options, deps);
    });
  withDataOptions(program.command('contexts').description('list the contexts of the kubeconfig files'))
    .option('--json', 'print the list as JSON')
    .action(async (options) => {
      const { contexts } = await import('./commands/contexts.ts');
      await contexts(options, deps);
    });
  addReportCommands(program, deps);
  addSavingsCommands(program, deps);
  withDataOptions(
    program.command('recompute').description('compute carbon and cost of the past anew from stored facts'),
  )
    .requiredOption('--from <instant>', 'start of the range: a day (UTC) or an instant, ISO-8601')
    .option('--to <instant>', 'end of the range; now where left out')
    .option('--cluster <id>', 'only this cluster')
    .option('--json', 'print the result as JSON')
    .action(async (options) => {
      const { recompute } = await import('./commands/recompute.ts');
      await recompute(options, deps);
    });
  addStoreCommands(program, deps);
  addEncryptionCommands(program, deps);
  addTokenCommands(program, deps);
  addDoctorCommand(program, deps);
  return program;
}

function withDataOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'folder of the results')
    .option('--store <url>', 'store of the results: sqlite:///FILE, postgres://… or elasticsearch+https://…')
    .option('--kubeconfig <file>', 'kubeconfig file in place of KUBECONFIG; may be repeated', collectList);
}

function withSourceOptions(command: Command): Command {
  return withDataOptions(command)
    .option('--context <name>', 'context to collect from; serve and demo take several', collectList)
    .option(
      '--prometheus <url>',
      'address of Prometheus: URL with one context, or NAME=URL; may be repeated',
      collectList,
    );
}

function withServerOptions(command: Command): Command {
  return withSourceOptions(
    command
      .option('--host <address>', 'address to listen on (127.0.0.1)')
      .option('--port <port>', 'port to listen on, 0 for any (8700)'),
  )
    .option('--interval <time>', 'pace of collecting; windows stay 5 minutes (5m)')
    .option('--backfill <range>', 'how far back a first reading goes (7d)')
    .option('--no-auth', 'ask nobody for a token; on loopback addresses only')
    .option('--open', 'open the interface in the browser');
}
