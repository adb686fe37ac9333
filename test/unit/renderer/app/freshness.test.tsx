import { describe, expect, it } from 'vitest';
import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import { statusOf } from '../../../../src/renderer/app/clusters-query.ts';
import { freshnessOf } from '../../../../src/renderer/app/frame/Freshness.tsx';
import { clusters } from '../../../fakes/client/answers.ts';

const NOW = Date.parse('2026-11-19T14:00:00Z');
const [first] = clusters.clusters;
const cluster = (more: Partial<ClusterItem>): ClusterItem => ({ ...(first as ClusterItem), ...more });

describe('freshnessOf', () => {
  it('takes the youngest window of the clusters that are shown', () => {
    const list = [
      cluster({ last_window_end: '2026-11-19T13:55:00Z' }),
      cluster({ last_window_end: '2026-11-19T09:00:00Z' }),
    ];
    expect(freshnessOf(list, false, NOW)).toEqual({ kind: 'fresh', at: '2026-11-19T13:55:00Z' });
  });

  it('is late after twenty minutes', () => {
    expect(freshnessOf([cluster({ last_window_end: '2026-11-19T13:39:00Z' })], false, NOW).kind).toBe('late');
  });

  it('knows paused, reading, stopped and nothing', () => {
    expect(freshnessOf([cluster({ collecting: false, state: 'paused' })], false, NOW).kind).toBe('paused');
    expect(freshnessOf([cluster({ state: 'reading-history' })], false, NOW).kind).toBe('reading');
    expect(freshnessOf([cluster({})], true, NOW).kind).toBe('stopped');
    expect(freshnessOf([cluster({ last_window_end: null })], false, NOW).kind).toBe('none');
    expect(freshnessOf([], false, NOW).kind).toBe('none');
  });
});

describe('statusOf', () => {
  it.each([
    ['collecting', 'healthy'],
    ['reading-history', 'healthy'],
    ['paused', 'off'],
    ['signed-out', 'broken'],
    ['unreachable', 'broken'],
    ['failing', 'broken'],
    ['no-data', 'attention'],
  ] as const)('%s is %s', (state, status) => {
    expect(statusOf({ state, sources: [] })).toBe(status);
  });

  it('asks for attention where a source failed', () => {
    expect(statusOf({ state: 'collecting', sources: [{ name: 'Prometheus', state: 'failed', detail: '' }] })).toBe(
      'attention',
    );
  });
});
