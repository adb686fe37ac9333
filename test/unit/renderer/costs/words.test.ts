import { describe, expect, it } from 'vitest';
import type { BudgetItem, BudgetStanding } from '../../../../src/contract/schemas/budgets.ts';
import {
  ALL_CLUSTERS,
  draftOf,
  inputOf,
  limitOf,
  problemsOf,
} from '../../../../src/renderer/features/costs/budget-draft.ts';
import {
  amountWords,
  basisWords,
  outcomeWords,
  rangeWords,
  scopeWords,
  standingOf,
  usedWords,
} from '../../../../src/renderer/features/costs/budget-words.ts';
import { lineName, lineNote } from '../../../../src/renderer/features/costs/line-words.ts';
import { monthAt, monthName, shiftMonth } from '../../../../src/renderer/format/month.ts';
import { budget, moneyBudget } from '../../../fakes/client/costs-answers.ts';

const standing = budget.standing as BudgetStanding;
const withStanding = (part: Partial<BudgetStanding>): BudgetItem => ({ ...budget, standing: { ...standing, ...part } });

describe('months', () => {
  it('are of UTC, and go over a year’s end', () => {
    expect(monthAt(Date.parse('2026-04-01T00:30:00+02:00'))).toBe('2026-03');
    expect([shiftMonth('2026-01', -1), shiftMonth('2026-12', 1), shiftMonth('2026-03', -27)]).toEqual([
      '2025-12',
      '2027-01',
      '2023-12',
    ]);
    expect(monthName('2026-03')).toBe('March 2026');
  });
});

describe('amounts', () => {
  it('have the unit that suits them', () => {
    expect(amountWords(0.4, budget)).toBe('400 g');
    expect(amountWords(2400, budget)).toBe('2.40 t');
    expect(amountWords(12.5, moneyBudget)).toBe('€12.50');
    expect(amountWords(12.5, { unit: 'cost', currency: null })).toBe('€12.50');
  });

  it('have one unit for both ends of a range', () => {
    expect(rangeWords({ ...standing, low: 900, high: 1400 }, budget)).toBe('0.90–1.40 t');
    expect(rangeWords({ ...standing, low: 90, high: 120 }, moneyBudget)).toBe('€90–120');
  });
});

describe('what becomes of a budget', () => {
  it.each([
    [{}, 'within', 'Stays within its limit, as it goes on now'],
    [{ high: 510 }, 'near', 'May be passed: the range reaches the limit'],
    [{ used: 410, high: 440 }, 'near', 'Near its limit'],
    [
      { expected: 520, high: 600, passed_on: '2026-03-30' },
      'expected-over',
      'Will be passed on 30 Mar, as it goes on now',
    ],
    [{ used: 500, passed_on: '2026-03-08' }, 'over', 'Passed on 8 Mar'],
    [{ used: 200, expected: 200, high: 200, days_gone: 31 }, 'within', 'Stayed within its limit'],
    [{ days_with_data: 0 }, 'unknown', 'No data in this month yet'],
    [{ used: 0, history_days: 0 }, 'unknown', 'Nothing is known of shop'],
  ] as const)('%j is %s', (part, kind, words) => {
    const item = withStanding(part);
    expect(standingOf(item)).toBe(kind);
    expect(outcomeWords(item)).toBe(words);
  });

  it('is said of one that can’t be told', () => {
    const item = { ...budget, standing: null, problem: 'Its cluster is no longer there' };
    expect(outcomeWords(item)).toBe('Its cluster is no longer there');
    expect(usedWords(item)).toBe('500 kg');
  });

  it('says how much it is taken from', () => {
    expect(basisWords({ ...standing, history_days: 1, days_with_data: 10 })).toBe('From 1 day, too few for an alert');
    expect(basisWords({ ...standing, days_with_data: 10 })).toBe('From 37 days');
  });
});

it('scopes and lines have names', () => {
  expect(scopeWords({ scope: 'cluster', key: null }, 'prod')).toBe('Cluster prod');
  expect(scopeWords({ scope: 'cost-center', key: 'CC-7' }, null)).toBe('Cost center CC-7, all clusters');
  expect(lineName({ line: 'none', key: null }, 'cost-center')).toBe('No cost center');
  expect(lineName({ line: 'system', key: '__system__' }, 'namespace')).toBe('System');
  expect([lineNote({ line: 'idle' }), lineNote({ line: 'team' })]).toEqual([
    'Capacity that nobody asked for',
    undefined,
  ]);
});

describe('a draft', () => {
  it('of a new budget takes the cluster that is looked at', () => {
    expect(draftOf(null, 'c2', ['c1', 'c2'])).toMatchObject({ cluster: 'c2', scope: 'cluster', limit: '' });
    expect(draftOf(null, null, ['c1'])).toMatchObject({ cluster: 'c1' });
    expect(draftOf(moneyBudget, 'c2', ['c1'])).toMatchObject({ cluster: ALL_CLUSTERS, key: 'checkout', limit: '1000' });
  });

  it('has a problem at each field that needs something', () => {
    const draft = draftOf(null, null, []);
    expect(problemsOf({ ...draft, scope: 'namespace' })).toEqual({
      name: 'It needs a name',
      cluster: 'Choose one cluster',
      key: 'It needs the name',
      limit: 'A number above 0',
    });
    expect(problemsOf({ ...draftOf(budget, null, []), name: 'x'.repeat(101) })).toEqual({
      name: 'At most 100 characters',
    });
  });

  it.each([
    ['1,200.5', 1200.5],
    ['1 200', 1200],
    ['0', null],
    ['-3', null],
    ['', null],
    ['much', null],
    ['1e16', null],
  ])('reads %s as %s', (text, value) => expect(limitOf(text)).toBe(value));

  it('becomes an input without a key for a cluster', () => {
    expect(inputOf({ ...draftOf(budget, null, []), scope: 'cluster', key: 'left over' })).toMatchObject({ key: null });
    expect(inputOf(draftOf(moneyBudget, null, []))).toMatchObject({ cluster: null, key: 'checkout', limit: 1000 });
  });
});
