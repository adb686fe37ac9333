import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceFiles, totalLines } from '../../../scripts/checks/source-files.ts';
import { NO_COUNTS, parsePlaywright, parseVitest, sum } from '../../../scripts/checks/test-counts.ts';
import { describeRatio } from '../../../scripts/checks/test-ratio.ts';

const vitest = (change: object = {}): string =>
  JSON.stringify({
    numPassedTests: 10,
    numFailedTests: 0,
    numFailedTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...change,
  });
const playwright = (change: object = {}): string =>
  JSON.stringify({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0, ...change } });

describe('counts of the unit test runner', () => {
  it('takes passed, failed and skipped', () => {
    expect(parseVitest(vitest({ numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 }), 1)).toEqual({
      passed: 10,
      failed: 2,
      skipped: 4,
    });
  });

  it('counts a run that ended badly as one failure, though no test failed', () => {
    expect(parseVitest(vitest(), 1).failed).toBe(1);
    expect(parseVitest(vitest({ numFailedTestSuites: 2 }), 0).failed).toBe(1);
    expect(parseVitest(vitest(), 0).failed).toBe(0);
  });

  it('refuses a report of another form', () => {
    expect(() => parseVitest('{"passed": 3}', 0)).toThrow();
    expect(() => parseVitest('', 0)).toThrow();
  });
});

describe('counts of the browser test runner', () => {
  it('takes passed, failed and skipped', () => {
    expect(parsePlaywright(playwright({ unexpected: 1, skipped: 2 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('counts a flaky test as a failed one', () => {
    expect(parsePlaywright(playwright({ flaky: 2 }), 0).failed).toBe(2);
  });

  it('counts a run that ended badly as one failure', () => {
    expect(parsePlaywright(playwright(), 1).failed).toBe(1);
  });
});

describe('sums of counts', () => {
  it('adds each part', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sum(one, { passed: 10, failed: 20, skipped: 30 })).toEqual({ passed: 11, failed: 22, skipped: 33 });
    expect(sum(one, NO_COUNTS)).toEqual(one);
  });
});

describe('the ratio of test lines', () => {
  it.each([
    [{ all: 0.9, core: 1.2 }, true],
    [{ all: 0.89, core: 1.5 }, false],
    [{ all: 1.5, core: 1.19 }, false],
  ])('%o holds: %s', (ratio, holds) => {
    expect(describeRatio(ratio).holds).toBe(holds);
  });

  it('is printed with its goals', () => {
    expect(describeRatio({ all: 0.953, core: 1.25 }).line).toBe(
      'test lines by source lines: 0.95 (goal 0.9), core 1.25 (goal 1.2)',
    );
  });
});

describe('source files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podwatt-checks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are code, with their lines; data and pictures do not count', () => {
    writeFileSync(join(folder, 'one.ts'), 'a\nb\n');
    writeFileSync(join(folder, 'two.tsx'), 'a\n');
    writeFileSync(join(folder, 'data.json'), '1\n2\n3\n');
    writeFileSync(join(folder, 'page.md'), '1\n');
    const files = sourceFiles(folder);
    expect(files.map(({ path, lines }) => [path.slice(folder.length + 1), lines]).sort()).toEqual([
      ['one.ts', 2],
      ['two.tsx', 1],
    ]);
    expect(totalLines(files)).toBe(3);
  });
});
