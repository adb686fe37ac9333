// `npm run check`: everything that needs no running program. Each step runs even when an earlier one failed.
import { spawnSync } from 'node:child_process';
import { directions } from './checks/directions.ts';
import { longFiles } from './checks/long-files.ts';
import { openapi } from './checks/openapi.ts';

interface Step {
  readonly name: string;
  readonly run: () => string | null | Promise<string | null>;
}

/** Runs a program of node_modules/.bin; its output is shown, and a code other than 0 is the reason to fail. */
function program(name: string, args: readonly string[]): string | null {
  const result = spawnSync(name, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status === 0 ? null : `${name} ended with code ${result.status ?? 'unknown'}`;
}

const steps: readonly Step[] = [
  { name: 'format and lint', run: () => program('biome', ['ci', '--error-on-warnings']) },
  { name: 'types', run: () => program('tsc', ['--noEmit', '-p', '.']) },
  { name: 'directions', run: directions },
  { name: 'dead code', run: () => program('knip', []) },
  { name: 'longest files', run: longFiles },
  { name: 'API unbroken', run: openapi },
];

const failures: string[] = [];
for (const step of steps) {
  console.log(`== ${step.name}`);
  const reason = await step.run();
  if (reason !== null) failures.push(`${step.name}: ${reason}`);
}
for (const failure of failures) console.error(`FAILED ${failure}`);
console.log(`check: ${steps.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
