import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliDeps } from '../../../src/cli/cli-deps.ts';
import { runCli } from '../../../src/cli/program.ts';
import type { SystemBackendOptions } from '../../../src/server/create-system-backend.ts';
import type { BackendLike } from '../../../src/server/hosted-backend.ts';
import { createRecordingLog, type RecordingLog } from '../router/recording-log.ts';
import { createFakeRouter, type FakeRouter } from '../router/router.ts';

/** A command that runs in this process against the fake router. */
export interface RunningCommand {
  readonly exitCode: Promise<number>;
  readonly fake: FakeRouter;
  readonly log: RecordingLog;
  readonly requests: SystemBackendOptions[];
  readonly opened: string[];
  /** `create`, `start`, `stop`, in the order in which they came. */
  readonly steps: string[];
  stdout(): string;
  stderr(): string;
  stop(): void;
  /** The first line on stdout, when it is there. */
  firstLine(): Promise<string>;
}

export interface CommandWorld {
  readonly folder: string;
  run(
    args: readonly string[],
    options?: { env?: Record<string, string>; backend?: Partial<BackendLike>; fake?: FakeRouter },
  ): RunningCommand;
  remove(): void;
}

/** A world without the person's settings: its own data and config folders. */
export function createCommandWorld(): CommandWorld {
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-cli-'));
  return {
    folder,
    run: (args, options = {}) => runCommand(folder, args, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runCommand(
  folder: string,
  args: readonly string[],
  options: Parameters<CommandWorld['run']>[1] = {},
): RunningCommand {
  const fake = options.fake ?? createFakeRouter();
  const log = createRecordingLog();
  const stop = new AbortController();
  const out: string[] = [];
  const errors: string[] = [];
  const steps: string[] = [];
  const requests: SystemBackendOptions[] = [];
  const opened: string[] = [];
  const line = Promise.withResolvers<string>();
  const deps: CliDeps = {
    terminal: {
      env: { PODWATT_CONFIG: join(folder, 'config.yaml'), PODWATT_DATA_DIR: join(folder, 'data'), ...options.env },
      workingDir: folder,
      isInteractive: false,
      write: async (text) => {
        out.push(text);
        if (out.join('').includes('\n')) line.resolve(out.join('').split('\n')[0] ?? '');
      },
      writeError: (text) => void errors.push(text),
      stopSignal: stop.signal,
    },
    places: { version: '1.2.3', staticDir: folder, docsDir: folder, dataTablesDir: folder },
    createLog: async () => log,
    createBackend: async (request) => {
      steps.push('create');
      requests.push(request);
      const step = (name: string) => async () => void steps.push(name);
      return { router: fake.router, start: step('start'), stop: step('stop'), ...options.backend };
    },
    openBrowser: (url) => void opened.push(url),
  };
  const exitCode = runCli(args, deps).then((code) => {
    line.resolve(out.join('').split('\n')[0] ?? '');
    return code;
  });
  return {
    exitCode,
    fake,
    log,
    requests,
    opened,
    steps,
    stdout: () => out.join(''),
    stderr: () => errors.join(''),
    stop: () => stop.abort(),
    firstLine: () => line.promise,
  };
}
