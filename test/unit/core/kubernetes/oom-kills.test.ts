import { describe, expect, test } from 'vitest';
import { addOomKills, NO_OOM_KILLS, talliedIn, visibleOomKills } from '../../../../src/core/kubernetes/oom-kills.ts';
import type { ContainerState, Termination } from '../../../../src/core/kubernetes/pod-status.ts';

const killed: Termination = { reason: 'OOMKilled', exitCode: 137, signal: 0, finishedAtSeconds: 100 };
const failed: Termination = { ...killed, reason: 'Error', exitCode: 1 };
const container = (restartCount: number, change: Partial<ContainerState> = {}): ContainerState => ({
  name: 'main',
  ready: true,
  restartCount,
  started: true,
  waiting: null,
  terminated: null,
  lastTerminated: null,
  running: true,
  ...change,
});

describe('kills that a status shows', () => {
  test('the last end is the n-th after n restarts, a present one the next', () => {
    expect(visibleOomKills([container(3, { lastTerminated: killed })])).toEqual([
      { container: 'main', ordinal: 3, atSeconds: 100 },
    ]);
    expect(visibleOomKills([container(3, { terminated: killed })])).toEqual([
      { container: 'main', ordinal: 4, atSeconds: 100 },
    ]);
    expect(visibleOomKills([container(1, { terminated: killed, lastTerminated: killed })])).toHaveLength(2);
  });

  test('other ends are none', () => {
    expect(visibleOomKills([container(1, { terminated: failed, lastTerminated: failed }), container(0)])).toEqual([]);
  });
});

describe('counting', () => {
  const seen = (...states: ContainerState[]) => visibleOomKills(states);

  test('a kill, its restart and each later answer about it count once', () => {
    const first = addOomKills(NO_OOM_KILLS, seen(container(0, { terminated: killed })));
    const second = addOomKills(first.tally, seen(container(1, { lastTerminated: killed })));
    const third = addOomKills(second.tally, seen(container(1, { lastTerminated: killed })));
    expect([first.tally.count, second.tally.count, third.tally.count]).toEqual([1, 1, 1]);
    expect(third.added).toEqual([]);
  });

  test('the next kill of the same container counts again, and another container’s too', () => {
    const first = addOomKills(NO_OOM_KILLS, seen(container(1, { lastTerminated: killed })));
    const next = addOomKills(first.tally, seen(container(2, { lastTerminated: killed })));
    expect(next.tally.count).toBe(2);
    const other = addOomKills(
      next.tally,
      seen(container(2, { lastTerminated: killed }), { ...container(1, { lastTerminated: killed }), name: 'side' }),
    );
    expect(other.tally.count).toBe(3);
    expect(other.added).toEqual([{ container: 'side', ordinal: 1, atSeconds: 100 }]);
  });

  test('two ends in one answer count both, also in the other order', () => {
    const both = seen(container(1, { terminated: killed, lastTerminated: killed }));
    expect(addOomKills(NO_OOM_KILLS, both).tally.count).toBe(2);
    expect(addOomKills(NO_OOM_KILLS, both.toReversed()).tally).toEqual({ count: 2, upTo: { main: 2 } });
  });

  test('a stored row says what was counted: the ends that it had seen, and no later ones', () => {
    const of = (restartCount: number, state: string) =>
      talliedIn({
        oomKills: 5,
        initContainers: [],
        containers: [{ name: 'main', image: '', state, reason: null, ready: true, restartCount }],
      });
    expect(addOomKills(of(4, 'running'), seen(container(4, { lastTerminated: killed }))).tally.count).toBe(5);
    expect(addOomKills(of(3, 'terminated'), seen(container(4, { lastTerminated: killed }))).tally.count).toBe(5);
    expect(addOomKills(of(3, 'running'), seen(container(4, { lastTerminated: killed }))).tally.count).toBe(6);
  });
});
