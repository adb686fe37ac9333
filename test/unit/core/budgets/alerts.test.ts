import { expect, it } from 'vitest';
import { alertsDue } from '../../../../src/core/budgets/alerts.ts';
import type { Outlook } from '../../../../src/core/budgets/forecast.ts';

const outlook = (part: Partial<Outlook>): Outlook => ({
  month: '2026-06',
  used: 0,
  expected: 0,
  low: 0,
  high: 0,
  passedOn: null,
  daysWithData: 10,
  historyDays: 10,
  ...part,
});

it.each([
  [{ used: 49.9, expected: 90 }, []],
  [{ used: 50, expected: 90 }, ['50']],
  [{ used: 80, expected: 99 }, ['50', '80']],
  [{ used: 80, expected: 100 }, ['50', '80', 'forecast']],
  [{ used: 10, expected: 100 }, ['forecast']],
  [{ used: 10, expected: 900, historyDays: 6 }, []],
  [{ used: 100, expected: 300 }, ['50', '80', '100']],
  // Ten times 0.1 is a little less than 1.
  [{ used: 100 - 1e-12, expected: 100 }, ['50', '80', '100']],
  [{ used: 30, expected: 99, high: 200 }, []],
] as const)('%j of 100 alerts %j', (part, kinds) => {
  expect(alertsDue(100, outlook(part))).toEqual(kinds);
});
