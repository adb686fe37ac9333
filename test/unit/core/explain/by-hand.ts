import { expect } from 'vitest';
import { evaluate } from '../../../../src/core/explain/formula.ts';
import type { Chain, ExplainStep } from '../../../../src/core/explain/step.ts';

export function near(a: number, b: number, tolerance = 1e-9) {
  const difference = Math.abs(a - b);
  if (difference <= tolerance * Math.max(Math.abs(a), Math.abs(b))) return;
  expect({ a, b, difference }).toEqual('the same');
}

/** What a person with a calculator does: each formula over its terms; where a term is a step, that step gives it. */
export function checkByHand({ value, low, high, unit, steps }: Chain) {
  const [first] = steps;
  expect([value, unit]).toEqual([first?.value, first?.unit]);
  expect(low).toBeLessThanOrEqual(value * (1 + 1e-12));
  expect(high).toBeGreaterThanOrEqual(value * (1 - 1e-12));
  for (const step of steps) {
    near(evaluate(step.formula, step.terms), step.value);
    for (const { symbol, source, value: of } of step.terms) {
      expect(step.formula).toMatch(new RegExp(`\\b${symbol}\\b`));
      if (source.startsWith('Step "')) near(of, below(steps, source).value);
    }
  }
}

function below(steps: readonly ExplainStep[], source: string): ExplainStep {
  const step = steps.find(({ title }) => source === `Step "${title}"`);
  if (step === undefined) throw new Error(`${source} is not among ${steps.map(({ title }) => title).join(', ')}`);
  return step;
}
