import * as z from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 };

const Vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

/** A runner that ended badly without a failed test (a crash, an error outside tests) counts as one failure. */
export function parseVitest(json: string, exitCode: number): Counts {
  const report = Vitest.parse(JSON.parse(json));
  const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 || exitCode !== 0 ? 1 : 0);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

const Playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** A flaky test is a failed one. */
export function parsePlaywright(json: string, exitCode: number): Counts {
  const { stats } = Playwright.parse(JSON.parse(json));
  const failed = Math.max(stats.unexpected + stats.flaky, exitCode !== 0 ? 1 : 0);
  return { passed: stats.expected, failed, skipped: stats.skipped };
}

export function sum(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}
