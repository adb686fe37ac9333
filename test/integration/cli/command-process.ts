import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const node = resolve('node_modules/node/bin/node');

export interface CommandProcess {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The first line on stdout; rejects where the process ends before it. */
  readonly firstLine: Promise<string>;
  readonly exitCode: Promise<number | null>;
}

/** Runs the command line as a process of its own, from the sources, without the person's settings. */
export function runCommand(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CommandProcess {
  const child = spawn(node, ['src/cli/main.ts', ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      KUBECONFIG: `${folder}/kubeconfig`,
      PODWATT_CONFIG: `${folder}/config.yaml`,
      PODWATT_DATA_DIR: `${folder}/data`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  const exitCode = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  const firstLine = new Promise<string>((done, failed) => {
    child.stdout.on('data', (data) => {
      out += String(data);
      if (out.includes('\n')) done(out.slice(0, out.indexOf('\n')));
    });
    void exitCode.then(() => failed(new Error(`ended before a line came: ${errors}`)));
  });
  firstLine.catch(() => undefined);
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  return { child, stdout: () => out, stderr: () => errors, firstLine, exitCode };
}
