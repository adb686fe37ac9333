import { describe, expect, it } from 'vitest';
import { type Basis, confidenceOf } from '../../../../src/core/recommendations/confidence.ts';
import { priorityOf, type Weights } from '../../../../src/core/recommendations/priority.ts';

const WEEK: Basis = { hoursObserved: 168, hoursPossible: 168, hasPeaks: true, isStable: true, doubts: 0 };

describe('confidence', () => {
  it.each([
    [168, 168, 'high'],
    [152, 168, 'high'],
    [151, 168, 'medium'],
    [72, 72, 'high'],
    [71, 71, 'medium'],
    [48, 168, 'medium'],
    [47, 168, 'low'],
    [24, 24, 'low'],
  ])('%s of %s hours: %s', (hoursObserved, hoursPossible, expected) => {
    expect(confidenceOf({ ...WEEK, hoursObserved, hoursPossible })).toBe(expected);
  });

  it('falls a step for each thing that speaks against it, and not below low', () => {
    expect(confidenceOf({ ...WEEK, hasPeaks: false })).toBe('medium');
    expect(confidenceOf({ ...WEEK, isStable: false })).toBe('medium');
    expect(confidenceOf({ ...WEEK, doubts: 1 })).toBe('medium');
    expect(confidenceOf({ ...WEEK, hasPeaks: false, doubts: 1 })).toBe('low');
    expect(confidenceOf({ ...WEEK, hasPeaks: false, isStable: false, doubts: 3 })).toBe('low');
  });
});

describe('priority', () => {
  const weights: Weights = { stake: 0, confidence: 'high', risk: 'low', atLeast: 'low' };

  it.each([
    [0.05, 'critical'],
    [0.049, 'high'],
    [0.01, 'high'],
    [0.0099, 'medium'],
    [0.002, 'medium'],
    [0.0019, 'low'],
    [0, 'low'],
  ])('%s of the cluster: %s', (stake, expected) => {
    expect(priorityOf({ ...weights, stake })).toBe(expected);
  });

  it('low confidence and high risk take a step each', () => {
    expect(priorityOf({ ...weights, stake: 0.06, confidence: 'low' })).toBe('high');
    expect(priorityOf({ ...weights, stake: 0.06, risk: 'high' })).toBe('high');
    expect(priorityOf({ ...weights, stake: 0.06, risk: 'high', confidence: 'low' })).toBe('medium');
    expect(priorityOf({ ...weights, stake: 0.06, risk: 'medium', confidence: 'medium' })).toBe('critical');
    expect(priorityOf({ ...weights, stake: 0.001, risk: 'high', confidence: 'low' })).toBe('low');
  });

  it('is never below what may break asks for, and may be above', () => {
    expect(priorityOf({ ...weights, atLeast: 'critical' })).toBe('critical');
    expect(priorityOf({ ...weights, atLeast: 'medium', risk: 'high' })).toBe('medium');
    expect(priorityOf({ ...weights, atLeast: 'medium', stake: 0.5 })).toBe('critical');
  });
});
