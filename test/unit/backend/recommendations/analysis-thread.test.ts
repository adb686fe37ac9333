import { describe, expect, it } from 'vitest';
import { analyse } from '../../../../src/backend/recommendations/analyse.ts';
import type { AnalysisJob } from '../../../../src/backend/recommendations/analysis-job.ts';
import { isFromAnalysis, isToAnalysis, piecesOf } from '../../../../src/backend/recommendations/analysis-messages.ts';
import { analyseInThread } from '../../../../src/backend/recommendations/analysis-thread.ts';
import { findingIdOf } from '../../../../src/backend/recommendations/finding-ids.ts';
import { DEFAULT_PRICES } from '../../../../src/core/coefficients/prices.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { CLUSTER, DAY, layout, layoutPod, NOW, usage, weekOfCart } from './samples.ts';

function job(change: Partial<AnalysisJob> = {}): AnalysisJob {
  return {
    clusterId: CLUSTER,
    range: { startSeconds: NOW - 7 * DAY, endSeconds: NOW },
    nowSeconds: NOW,
    thresholds: DEFAULT_THRESHOLDS,
    ...weekOfCart(),
    layout: layout({
      pods: [layoutPod(), layoutPod({ uid: 'u2', name: 'cart-2', node: 'n2' })],
    }),
    prices: DEFAULT_PRICES,
    settledIds: [],
    ...change,
  };
}

describe('the analysis', () => {
  it('finds what is too large, with ids that stay', () => {
    const { findings, hoursObserved, thinTargets, clusterDay } = analyse(job());
    const cpu = findings.find(({ type }) => type === 'RIGHTSIZING_CPU');
    expect(cpu).toMatchObject({ target: { ownerName: 'cart' }, current: { cpu_request: 1500 } });
    expect(cpu?.id).toBe(findingIdOf([CLUSTER, 'RIGHTSIZING_CPU', 'shop', 'Deployment', 'cart', '']));
    expect(analyse(job()).findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
    expect(hoursObserved).toBe(168);
    expect(thinTargets).toEqual([]);
    // 2 nodes of 6 g an hour.
    expect(clusterDay.co2eGrams.central).toBeCloseTo(2 * 6 * 24);
  });

  it('ranks by what is promised in the end, and hands on nothing of how', () => {
    const { findings } = analyse(job());
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(finding).not.toHaveProperty('weights');
  });

  it('names workloads with fewer hours than a verdict needs', () => {
    const { workloads } = weekOfCart();
    const short = usage(workloads.keys, DEFAULT_THRESHOLDS.minHours - 1, () => ({ podCount: 1 }));
    expect(analyse(job({ workloads: short })).thinTargets).toEqual(['shop/Deployment/cart']);
  });

  it('finds nothing in nothing', () => {
    const nothing = usage([], 0, () => ({}));
    const { findings, hoursObserved } = analyse(job({ workloads: nothing, nodes: nothing, layout: null }));
    expect([findings, hoursObserved]).toEqual([[], 0]);
  });
});

describe('its thread', () => {
  const signal = new AbortController().signal;

  it('answers the same, however many pieces the layout and the findings come in', async () => {
    const others = Array.from({ length: 600 }, (_, index) =>
      layoutPod({ uid: `x${index}`, name: `x-${index}`, owner: null, node: null, phase: 'Succeeded' }),
    );
    const large = (): AnalysisJob => job({ layout: layout({ pods: [...layout().pods, ...others] }) });
    const outcome = await analyseInThread(large(), signal);
    expect(outcome.findings.length).toBeGreaterThan(0);
    expect(outcome).toEqual(analyse(large()));
  });

  it('takes the columns with it instead of copying them', async () => {
    const given = job();
    await analyseInThread(given, signal);
    expect(given.workloads.columns.joules.length).toBe(0);
  });

  it('fails with what went wrong, and ends when it is stopped', async () => {
    const unsendable = { ...job(), nodes: null } as unknown as AnalysisJob;
    await expect(analyseInThread(unsendable, signal)).rejects.toThrow(TypeError);
    const wrong = job({ layout: { ...layout(), nodes: null } as unknown as AnalysisJob['layout'] });
    await expect(analyseInThread(wrong, signal)).rejects.toThrow('The analysis failed: TypeError');
    const stopping = new AbortController();
    const run = analyseInThread(job(), stopping.signal);
    stopping.abort();
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'cancelled' }));
    await expect(analyseInThread(job(), stopping.signal)).rejects.toThrow('The analysis was stopped');
  });
});

it('messages are told by their kind', () => {
  expect(isToAnalysis({ kind: 'pods', pods: [] })).toBe(true);
  expect(isToAnalysis({ kind: 'done' })).toBe(false);
  expect(isFromAnalysis({ kind: 'done' })).toBe(true);
  expect(isFromAnalysis(null)).toBe(false);
  expect(piecesOf([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
  expect(piecesOf([], 2)).toEqual([]);
});
