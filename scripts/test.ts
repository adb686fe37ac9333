// `npm test`: unit, contract and integration tests (vitest), then the browser tests (Playwright) on the built app.
// Ends with the number of tests that passed, failed and were skipped, and the names of what was missing.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProgram, type Program } from '../test/setup/programs.ts';
import { ensureBuilt } from './build.mjs';
import { type Counts, NO_COUNTS, parsePlaywright, parseVitest, sum } from './checks/test-counts.ts';
import { describeRatio, testRatio } from './checks/test-ratio.ts';

const long = process.argv.includes('--long');
const projects = long ? ['long'] : ['unit', 'renderer', 'contract', 'integration'];
const everywhere = ['prometheus', 'promtool', 'postgres', 'debian-postgres', 'elasticsearch'] as const;
const needed: readonly Program[] = [...everywhere, long ? 'elasticsearch-9' : 'chromium'];
const folder = mkdtempSync(join(tmpdir(), 'podwatt-tests-'));

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', failed);
    child.on('close', (code) => done(code ?? 1));
  });
}

async function vitest(): Promise<Counts> {
  const file = join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run('vitest', ['run', ...projects.flatMap((name) => ['--project', name]), ...reporters]);
  return parseVitest(readFileSync(file, 'utf8'), code);
}

async function playwright(): Promise<Counts> {
  if (!hasProgram('chromium')) return { ...NO_COUNTS, skipped: 1 };
  const file = join(folder, 'playwright.json');
  const code = await run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return parsePlaywright(readFileSync(file, 'utf8'), code);
}

const missing = needed.filter((program) => !hasProgram(program));
for (const program of missing) console.error(`MISSING ${program}: the tests that need it are skipped`);
await ensureBuilt();
const counts = [await vitest(), long ? NO_COUNTS : await playwright()].reduce(sum, NO_COUNTS);
rmSync(folder, { recursive: true, force: true });

const ratio = describeRatio(testRatio());
if (!long) console.log(ratio.line);
const skippedInCi = process.env['CI'] === 'true' && (counts.skipped > 0 || missing.length > 0);
if (skippedInCi) console.error('A skip is a failure where CI=true');
if (missing.length > 0) console.log(`skipped for want of: ${missing.join(', ')}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || counts.passed === 0 || skippedInCi || (!long && !ratio.holds) ? 1 : 0;
