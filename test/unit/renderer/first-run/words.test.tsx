import { describe, expect, it } from 'vitest';
import type { ProgressPhase } from '../../../../src/contract/schemas/contexts.ts';
import { checkCount } from '../../../../src/renderer/app/collecting/CheckRows.tsx';
import { lastSteps } from '../../../../src/renderer/app/collecting/use-check.ts';
import { headline, leftText, phaseName, phaseText } from '../../../../src/renderer/features/first-run/words.ts';
import { checkSteps, contexts } from '../../../fakes/client/answers.ts';

const phase = (more: Partial<ProgressPhase>): ProgressPhase => ({
  name: 'usage',
  state: 'running',
  done: 112,
  total: 1680,
  unit: 'hours',
  detail: '',
  ...more,
});

describe('first run in words', () => {
  it('names the context once there is one', () => {
    const [context] = contexts.contexts;
    expect(headline(null).title).toMatch(/\?$/);
    expect(headline(context!).title).toBe('First look at prod-eu-west-1');
    expect(headline(context!).body).not.toBe(headline(context!, true).body);
  });

  it('tells how far a phase is', () => {
    expect(phaseText(phase({}))).toBe('112 of 1,680 hours');
    expect(phaseText(phase({ detail: 'CPU and memory' }))).toBe('112 of 1,680 hours');
    expect(phaseText(phase({ unit: 'objects', detail: '14 nodes, 226 pods' }))).toBe('14 nodes, 226 pods');
    expect(phaseText(phase({ unit: 'objects', detail: 'Nodes and pods' }))).toBe('112 of 1,680 objects');
    expect(phaseText(phase({ total: 0 }))).toBe('nothing to read');
    expect(phaseText(phase({ state: 'waiting' }))).toBe('waiting');
    expect(phaseText(phase({ state: 'stopped' }))).toBe('stopped');
    expect(phaseText(phase({ state: 'failed' }))).toBe('failed');
    expect(phaseName(phase({}))).toBe('Usage, hour by hour');
  });

  it('says what is left only where it is known', () => {
    expect(leftText(40)).toBe('about 40 s left');
    expect(leftText(null)).toBe('');
  });
});

describe('steps of a check', () => {
  it('keep the last word on each source, in a fixed order', () => {
    const steps = lastSteps([...checkSteps].reverse().concat(checkSteps.slice(0, 1)));
    expect(steps.map((step) => step.source)).toEqual(['kubernetes', 'usage', 'energy', 'cost', 'grid', 'hardware']);
    expect(steps[0]?.state).toBe('running');
  });

  it('count what was found', () => {
    expect(checkCount(lastSteps(checkSteps))).toBe('6 of 6 found');
    const failed = lastSteps(checkSteps).map((step) =>
      step.source === 'usage' ? { ...step, state: 'failed' as const } : step,
    );
    expect(checkCount(failed)).toBe('5 of 6 found');
  });
});
