import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SCHEMATHESIS_VERSION = '4.32.5';

export interface SchemathesisRun {
  /** Requests that were made up and sent. */
  readonly cases: number;
  readonly hasPassed: boolean;
  /** What it printed: each failure with the command that repeats it. */
  readonly output: string;
}

export interface Schemathesis {
  /** @param config of `schemathesis.toml`, for example ids that are there */
  run(document: string, options: readonly string[], config?: string): Promise<SchemathesisRun>;
  remove(): Promise<void>;
}

/** The tester of APIs from PyPI, in an environment of its own below the temporary folder. */
export async function installSchemathesis(): Promise<Schemathesis> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-schemathesis-'));
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const run = promisify(execFile);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', folder]);
    const wanted = `schemathesis==${SCHEMATHESIS_VERSION}`;
    await run(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', wanted]);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    run: async (document, options, config = '') => {
      await writeFile(join(folder, 'schemathesis.toml'), config);
      const args = ['run', document, '--no-color', ...options];
      const done = await run(join(bin, 'schemathesis'), args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).then(
        ({ stdout }) => ({ hasPassed: true, output: stdout }),
        (error: { stdout?: string; stderr?: string }) => ({
          hasPassed: false,
          output: `${error.stdout ?? ''}${error.stderr ?? ''}`,
        }),
      );
      return { ...done, cases: Number(/(\d+) generated/.exec(done.output)?.[1] ?? 0) };
    },
    remove,
  };
}
