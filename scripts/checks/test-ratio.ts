import { sourceFiles, totalLines } from './source-files.ts';

/** Test lines by source lines. Printed with each test run; below the goal the run fails. */
export interface TestRatio {
  readonly all: number;
  readonly core: number;
}

const ALL_GOAL = 0.9;
const CORE_GOAL = 1.2;

export function testRatio(): TestRatio {
  const core = sourceFiles('src/core');
  return {
    all: totalLines(sourceFiles('test')) / totalLines(sourceFiles('src')),
    core: totalLines(sourceFiles('test/unit/core')) / totalLines(core),
  };
}

/** One line for people, and whether both goals hold. */
export function describeRatio({ all, core }: TestRatio): { readonly line: string; readonly holds: boolean } {
  return {
    line: `test lines by source lines: ${all.toFixed(2)} (goal ${ALL_GOAL}), core ${core.toFixed(2)} (goal ${CORE_GOAL})`,
    holds: all >= ALL_GOAL && core >= CORE_GOAL,
  };
}
