import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const node = resolve('node_modules/node/bin/node');

export interface StartProcess {
  stdout(): string;
  /** Lines on standard error, without the log's (one JSON object each) and the build's. */
  plainLines(): readonly string[];
  /** The first match on standard output; rejects where the process ends before it. */
  wait(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  readonly exitCode: Promise<number | null>;
}

/** Runs `npm start`'s script, without the person's settings. */
export function runStart(
  folder: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): StartProcess {
  const child = spawn(node, ['scripts/start.mjs', ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      PODWATT_KUBECONFIG: `${folder}/kubeconfig`,
      PODWATT_CONFIG: `${folder}/config.yaml`,
      PODWATT_DATA_DIR: `${folder}/data`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  const waiters = new Set<() => void>();
  child.stdout.on('data', (data) => {
    out += String(data);
    for (const waiter of waiters) waiter();
  });
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const exitCode = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  return {
    stdout: () => out,
    plainLines: () =>
      errors.split('\n').filter((line) => line !== '' && !line.startsWith('{') && !line.startsWith('Building ')),
    wait: (pattern) =>
      new Promise((done, failed) => {
        const look = () => {
          const match = pattern.exec(out);
          if (match !== null) done(match);
        };
        waiters.add(look);
        look();
        void exitCode.then((code) => failed(new Error(`ended with ${code}: ${out}${errors}`)));
      }),
    kill: (signal) => void child.kill(signal),
    exitCode,
  };
}
