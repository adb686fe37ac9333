import { describe, expect, test } from 'vitest';
import { evaluate, isSame, reproduces } from '../../../../src/core/explain/formula.ts';
import { term } from '../../../../src/core/explain/step.ts';

const a = { symbol: 'a', value: 6 };
const b_2 = { symbol: 'b_2', value: 4 };

describe('a formula', () => {
  test.each<[string, number]>([
    ['0', 0],
    ['a', 6],
    ['a + b_2', 10],
    ['a − b_2 − 1', 1],
    ['a - b_2', 2],
    ['a × b_2 ÷ 3', 8],
    ['a * b_2 / 3', 8],
    ['a + b_2 × 2', 14],
    ['(a + b_2) × 2', 20],
    ['a ÷ b_2 ÷ 2', 0.75],
    ['max(a, b_2) × min(1, 0.5, b_2)', 3],
    ['max(0, b_2 − a)', 0],
    ['1e9 ÷ 1000000000', 1],
    ['0.25 × 2.5e-1', 0.0625],
  ])('%s is %d', (formula, value) => {
    expect(evaluate(formula, [a, b_2])).toBe(value);
  });

  test.each([['a +'], ['(a'], ['a)'], ['c'], ['sqrt(a)'], ['a b_2'], ['min(a'], ['+ a'], ['a ^ 2'], ['']])(
    '%j is none',
    (formula) => {
      expect(() => evaluate(formula, [a, b_2])).toThrow(SyntaxError);
    },
  );
});

test('figures are the same up to the last digits, whatever their size', () => {
  expect(isSame(1e12, 1e12 + 100)).toBe(true);
  expect(isSame(1e-12, 1.1e-12)).toBe(false);
  expect(isSame(0, 0)).toBe(true);
  expect(isSame(Number.NaN, Number.NaN)).toBe(false);
});

test('a formula gives a figure back or not', () => {
  const terms = [term('x', 'x', 2, 'g', { source: 'test', known: 'measured' })];
  expect(reproduces('x × 3', terms, 6)).toBe(true);
  expect(reproduces('x × 3', terms, 6.1)).toBe(false);
  expect(reproduces('x ÷ 0', terms, 6)).toBe(false);
});
