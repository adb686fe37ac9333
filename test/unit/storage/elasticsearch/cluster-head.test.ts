import { describe, expect, it } from 'vitest';
import {
  type ClusterHead,
  headDocument,
  headOf,
  hiddenGenerations,
  isPruned,
  newHead,
  touched,
} from '../../../../src/storage/elasticsearch/cluster-head.ts';
import { withDays } from '../../../../src/storage/elasticsearch/maintain.ts';

const DAY = 86_400;
const job: ClusterHead['job'] = {
  kind: 'window',
  generation: 'new',
  owner: 'me',
  startedAtSeconds: 7,
  startSeconds: 0,
  durationSeconds: 300,
  previous: 'old',
  phase: 'writing',
};

describe('the head of a cluster', () => {
  it('comes back from its document as it was', () => {
    const head: ClusterHead = {
      ...newHead('c', 4),
      hasWindows: true,
      job,
      garbage: [{ generation: 'g', sinceSeconds: 5, window: null }],
      pendingHours: [3600],
      pendingDays: [0],
      prunedDays: [[0, DAY]],
    };
    expect(headOf(headDocument(head, 'x'))).toEqual(head);
  });

  it('hides what is being written, then what it replaced', () => {
    const head = newHead('c', 1);
    expect(hiddenGenerations(head)).toEqual([]);
    expect(hiddenGenerations({ ...head, job })).toEqual(['new']);
    expect(hiddenGenerations({ ...head, job: { ...job, phase: 'finishing' } })).toEqual(['old']);
    expect(hiddenGenerations({ ...head, job: { ...job, phase: 'finishing', previous: null } })).toEqual([]);
    const garbage = [{ generation: 'g', sinceSeconds: 5, window: null }];
    expect(hiddenGenerations({ ...head, job, garbage })).toEqual(['g', 'new']);
  });

  it('knows days that were removed, to the second', () => {
    const head: ClusterHead = { ...newHead('c', 1), prunedDays: [[DAY, 3 * DAY]] };
    expect([DAY - 1, DAY, 3 * DAY - 1, 3 * DAY].map((second) => isPruned(head, second))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('lists what was touched last at the end, once', () => {
    expect(touched([1, 2, 3], 2)).toEqual([1, 3, 2]);
    expect(touched([], 2)).toEqual([2]);
  });

  it('joins days that were removed', () => {
    expect(withDays([], [2 * DAY, 0])).toEqual([
      [0, DAY],
      [2 * DAY, 3 * DAY],
    ]);
    expect(
      withDays(
        [
          [0, DAY],
          [2 * DAY, 3 * DAY],
        ],
        [DAY, 2 * DAY],
      ),
    ).toEqual([[0, 3 * DAY]]);
    expect(withDays([[0, DAY]], [])).toEqual([[0, DAY]]);
  });
});
