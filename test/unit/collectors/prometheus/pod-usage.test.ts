import { describe, expect, it } from 'vitest';
import type { EdgePod } from '../../../../src/collectors/prometheus/edge-pods.ts';
import type { PastPod } from '../../../../src/collectors/prometheus/past-pods.ts';
import { podsOfWindow } from '../../../../src/collectors/prometheus/pod-usage.ts';
import type { PieceAnswers } from '../../../../src/collectors/prometheus/read-piece.ts';
import type { Inventory } from '../../../../src/model/inventory.ts';
import type { Window } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { column, pieceAnswers, timesEvery30 } from './piece-answers.ts';

const WINDOW: Window = { startSeconds: 3600, durationSeconds: 3600 };
const END = 7200;
const PAST: PastPod = {
  namespace: 'shop',
  name: 'web',
  uid: 'u1',
  node: 'a',
  hostNetwork: false,
  owner: { kind: 'Deployment', name: 'web' },
  requests: { cpuMillicores: 100, memoryBytes: 10 },
  phase: 'Running',
  sinceSeconds: 0,
  startedAtSeconds: 0,
  finishedAtSeconds: null,
  gone: false,
  restartCount: 1,
};
const EDGE: EdgePod = {
  cpuSeconds: 7,
  firstSampleSeconds: 5000,
  lastSampleSeconds: 5060,
  isSingleSample: false,
  beginsHere: true,
  endsHere: true,
};

const past = (...pods: readonly Partial<PastPod>[]): PieceAnswers['pods'] =>
  new Map([[END, new Map([['shop/web', pods.map((pod) => ({ ...PAST, ...pod }))]])]]);
const edge = (pod: Partial<EdgePod> = {}): PieceAnswers['edges'] =>
  new Map([[END, new Map([['shop/web@a', { ...EDGE, ...pod }]])]]);
const rows = (given: Partial<PieceAnswers>, inventory: Inventory = EMPTY_INVENTORY) =>
  podsOfWindow(pieceAnswers(given), WINDOW, inventory);
const usageTimes = timesEvery30({ a: [3300, 7500] });

describe('podsOfWindow', () => {
  it('joins samples and what kube-state-metrics remembers', () => {
    const given = {
      cpu: column(END, { 'shop/web@a': 50 }),
      memory: column(END, { 'shop/web@a': 1000 }),
      pods: past({}),
    };
    expect(rows(given)).toEqual([
      {
        namespace: 'shop',
        name: 'web',
        node: 'a',
        uid: 'u1',
        cpuSeconds: 50,
        usageSource: 'cadvisor',
        memoryBytes: 1000,
        networkReceiveBytes: null,
        networkTransmitBytes: null,
        diskReadBytes: null,
        diskWriteBytes: null,
        ephemeralStorageBytes: null,
        restartCount: 1,
        aliveSeconds: 3600,
        requests: { cpuMillicores: 100, memoryBytes: 10 },
        owner: { kind: 'Deployment', name: 'web' },
        phase: 'Running',
      },
    ]);
  });

  it('takes the raw samples of a pod that begins or ends here', () => {
    const given = { usageTimes, cpu: column(END, { 'shop/web@a': 50 }), edges: edge() };
    expect(rows(given)[0]).toMatchObject({ cpuSeconds: 7, usageSource: 'cadvisor', aliveSeconds: 90 });
    expect(rows({ usageTimes, edges: edge({ isSingleSample: true }) })[0]).toMatchObject({
      usageSource: 'single-sample',
      cpuSeconds: 7,
    });
  });

  it('shows a bound pod without samples with what it requests', () => {
    expect(rows({ pods: past({ phase: 'Pending', sinceSeconds: 6000 }) })).toMatchObject([
      { cpuSeconds: null, usageSource: 'requests', aliveSeconds: 1200, phase: 'Pending' },
    ]);
  });

  it('leaves out pods that are not bound, finished before, or are yet to come', () => {
    expect(rows({ pods: past({ node: null }) })).toEqual([]);
    expect(rows({ pods: past({ phase: 'Succeeded', finishedAtSeconds: 3600 }) })).toEqual([]);
    expect(rows({ pods: past({ phase: 'Failed' }) })).toEqual([]);
    expect(rows({ pods: past({ sinceSeconds: 7200 }) })).toEqual([]);
  });

  it('makes no row of memory that lingers', () => {
    expect(rows({ memory: column(END, { 'shop/web@a': 1000 }) })).toEqual([]);
  });

  it('counts the life of a pod from bound to finished', () => {
    const alive = (...pods: Partial<PastPod>[]) =>
      rows({ cpu: column(END, { 'shop/web@a': 5 }), pods: past(...pods) })[0]?.aliveSeconds;
    expect(alive({ sinceSeconds: 4000, finishedAtSeconds: 4090 })).toBe(90);
    expect(alive({ sinceSeconds: 3000, finishedAtSeconds: 4000 })).toBe(400);
    expect(alive({ sinceSeconds: 9000 })).toBe(1);
  });

  it('ends a deleted pod with its samples, and a restarting one not', () => {
    const ends = edge({ beginsHere: false });
    expect(rows({ usageTimes, edges: ends, pods: past({ gone: true }) })[0]?.aliveSeconds).toBe(5075 - 3600);
    expect(rows({ usageTimes, edges: ends, pods: past({}) })[0]?.aliveSeconds).toBe(3600);
  });

  it('makes one row of two pods of one name on one node, with the last UID', () => {
    const given = {
      cpu: column(END, { 'shop/web@a': 5 }),
      pods: past(
        { uid: 'u1', finishedAtSeconds: 4600, restartCount: 1 },
        { uid: 'u2', sinceSeconds: 5000, restartCount: 2 },
      ),
    };
    expect(rows(given)).toMatchObject([{ uid: 'u2', aliveSeconds: 1000 + 2200, restartCount: 3 }]);
  });

  it('makes a row on each node of a pod that moves', () => {
    const given = {
      cpu: column(END, { 'shop/web@a': 5, 'shop/web@b': 6 }),
      pods: past({ uid: 'u1', node: 'a', finishedAtSeconds: 5000 }, { uid: 'u2', node: 'b', sinceSeconds: 5000 }),
    };
    expect(rows(given).map((row) => [row.node, row.uid, row.aliveSeconds])).toEqual([
      ['a', 'u1', 1400],
      ['b', 'u2', 2200],
    ]);
  });

  it('keeps the traffic of the host out of a pod in the network of its host', () => {
    const counters = {
      ...pieceAnswers().counters,
      networkReceive: column(END, { 'shop/web@a': 99 }),
      diskWrite: column(END, { 'shop/web@a': 11 }),
    };
    const cpu = column(END, { 'shop/web@a': 5 });
    expect(rows({ cpu, counters, pods: past({ hostNetwork: true }) })[0]).toMatchObject({
      networkReceiveBytes: null,
      diskWriteBytes: 11,
    });
    expect(rows({ cpu, counters, pods: past({}) })[0]?.networkReceiveBytes).toBe(99);
  });

  it('adds what a counter had before its first sample only for containers that are new', () => {
    const counterHeads = { ...pieceAnswers().counters, diskWrite: column(END, { 'shop/web@a': 1000 }) };
    const counters = { ...pieceAnswers().counters, diskWrite: column(END, { 'shop/web@a': 11 }) };
    const cpu = column(END, { 'shop/web@a': 5 });
    expect(rows({ cpu, counters, counterHeads, usageTimes })[0]?.diskWriteBytes).toBe(1011);
    const afterHole = timesEvery30({ a: [5000, 7500] });
    expect(rows({ cpu, counters, counterHeads, usageTimes: afterHole, pods: past({}) })[0]?.diskWriteBytes).toBe(11);
    expect(
      rows({ cpu, counters, counterHeads, usageTimes: afterHole, pods: past({ startedAtSeconds: 4000 }) })[0]
        ?.diskWriteBytes,
    ).toBe(1011);
  });

  it('takes UID and times of now where nothing remembers', () => {
    const now = {
      ...EMPTY_INVENTORY,
      pods: [
        {
          namespace: 'shop',
          name: 'web',
          uid: 'u7',
          node: 'a',
          owner: null,
          phase: 'Running' as const,
          requests: { cpuMillicores: 1, memoryBytes: 1 },
          team: null,
          createdAtSeconds: 6200,
          startedAtSeconds: 6210,
          finishedAtSeconds: null,
        },
      ],
    };
    expect(rows({ cpu: column(END, { 'shop/web@a': 5 }) }, now)).toMatchObject([
      { uid: 'u7', aliveSeconds: 990, requests: null, owner: null },
    ]);
  });
});
