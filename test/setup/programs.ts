import { spawnSync } from 'node:child_process';

/** Programs that some tests need; a test names them, so that a skip names them too. */
export type Program = 'prometheus' | 'promtool' | 'chromium' | 'java';

const seen = new Map<Program, boolean>();

export function hasProgram(program: Program): boolean {
  const known = seen.get(program);
  if (known !== undefined) return known;
  const flag = program === 'java' ? '-version' : '--version';
  const found = spawnSync(program, [flag], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  seen.set(program, found);
  return found;
}

/**
 * True if the program is there. Where it isn't, says so by name once; with CI=true a missing program is a failure,
 * so that nothing is skipped in silence.
 */
export function needs(program: Program): boolean {
  if (hasProgram(program)) return true;
  if (process.env['CI'] === 'true') throw new Error(`CI needs ${program}, and it is not installed`);
  process.stderr.write(`SKIPPED: needs ${program}\n`);
  return false;
}
