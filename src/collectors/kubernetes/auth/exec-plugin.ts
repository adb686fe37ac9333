import { isAbsolute, resolve } from 'node:path';
import { Failure } from '../../../model/failure.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import type { ExecSection } from '../kubeconfig/schema.ts';
import type { CredentialSource } from './credentials.ts';
import { execInfo, type PluginAnswer, parsePluginAnswer } from './exec-credential.ts';
import { firstPlainLine } from './redact-line.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';

const PLUGIN_TIMEOUT_MILLISECONDS = 10_000;
/** A credential is renewed this long before it ends, so that a request in flight doesn't outlive it. */
const EARLY_MILLISECONDS = 10_000;

export interface ExecOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMilliseconds: () => number;
  readonly timeoutMilliseconds?: number;
}

/**
 * Signs in with the program that the kubeconfig names. Parallel calls share one run; the answer is kept until it expires or is
 * refused; a run ends after 10 s with all its children.
 */
export function execCredentials(context: ResolvedContext, exec: ExecSection, options: ExecOptions): CredentialSource {
  let closing = new AbortController();
  let held: PluginAnswer | null = null;
  let running: Promise<PluginAnswer> | null = null;

  const isFresh = (answer: PluginAnswer): boolean =>
    answer.expiresAtMilliseconds === null ||
    options.nowMilliseconds() < answer.expiresAtMilliseconds - EARLY_MILLISECONDS;
  const start = async (): Promise<PluginAnswer> => {
    try {
      held = await runPlugin(context, exec, options, closing.signal);
      return held;
    } finally {
      running = null;
    }
  };
  return {
    async credentials(signal) {
      if (held !== null && isFresh(held)) return held.credentials;
      running ??= start();
      return (await untilAborted(running, signal)).credentials;
    },
    invalidate(refused) {
      if (held?.credentials === refused) held = null;
      return true;
    },
    close() {
      closing.abort();
      closing = new AbortController();
    },
  };
}

async function runPlugin(
  context: ResolvedContext,
  exec: ExecSection,
  options: ExecOptions,
  signal: AbortSignal,
): Promise<PluginAnswer> {
  const name = exec.command.split(/[\\/]/).at(-1) ?? exec.command;
  if (exec.interactiveMode === 'Always') {
    throw new Failure(
      'exec-plugin',
      `The sign-in plugin "${name}" wants to ask you something, which Podwatt can't pass on.`,
      {
        hint: 'Use a kubeconfig user that signs in without questions (interactiveMode IfAvailable or Never).',
      },
    );
  }
  const timeoutMilliseconds = options.timeoutMilliseconds ?? PLUGIN_TIMEOUT_MILLISECONDS;
  const end = await runProgram({
    command: commandPath(exec.command, context.userDirectory),
    args: exec.args ?? [],
    env: {
      ...options.env,
      ...Object.fromEntries((exec.env ?? []).map((pair) => [pair.name, pair.value])),
      KUBERNETES_EXEC_INFO: execInfo(exec, context.cluster),
    },
    timeoutMilliseconds,
    signal,
  });
  if (end.kind === 'exited' && end.code === 0) {
    const answer = parsePluginAnswer(end.stdout);
    if (answer !== null) return answer;
  }
  throw pluginFailure(name, exec, end, timeoutMilliseconds);
}

/** A command with a slash starts from the kubeconfig's folder; a bare name is looked up in PATH. */
function commandPath(command: string, directory: string): string {
  return isAbsolute(command) || !/[\\/]/.test(command) ? command : resolve(directory, command);
}

function pluginFailure(name: string, exec: ExecSection, end: ProgramEnd, timeoutMilliseconds: number): Failure {
  const signIn = `Run \`${exec.command}\` in a terminal, or sign in again with your provider's command, then retry.`;
  switch (end.kind) {
    case 'not-started':
      return new Failure(
        'exec-plugin',
        `The sign-in plugin "${name}" ${end.errorCode === 'ENOENT' ? 'was not found' : 'could not be started'}.`,
        {
          hint: exec.installHint?.trim() || `Install "${name}", or see that it is in the PATH of Podwatt.`,
        },
      );
    case 'timed-out':
      return new Failure(
        'exec-plugin',
        `The sign-in plugin "${name}" did not answer within ${timeoutMilliseconds / 1000} s and was ended.`,
        {
          hint: `It may wait for a browser or a question. ${signIn}`,
        },
      );
    case 'aborted':
      return new Failure('cancelled', `The sign-in with "${name}" was cancelled.`);
    case 'killed':
      return new Failure('exec-plugin', `The sign-in plugin "${name}" was ended by ${end.signal}.`, { hint: signIn });
    case 'exited': {
      if (end.code === 0) {
        return new Failure('exec-plugin', `The sign-in plugin "${name}" did not print an ExecCredential.`, {
          hint: `Check the arguments in the kubeconfig. ${signIn}`,
        });
      }
      const line = firstPlainLine(end.stderr);
      return new Failure(
        'exec-plugin',
        `The sign-in plugin "${name}" failed (exit code ${end.code})${line === null ? '.' : `: ${line}`}`,
        {
          hint: signIn,
        },
      );
    }
  }
}

/** The caller stops waiting; the run goes on for the others. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolvePromise, reject) => {
    const onAbort = (): void => reject(new Failure('cancelled', 'Signing in was cancelled.'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolvePromise, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
