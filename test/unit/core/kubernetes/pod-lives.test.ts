import { describe, expect, test } from 'vitest';
import {
  addOomKills,
  NO_OOM_KILLS,
  type OomTally,
  visibleOomKills,
} from '../../../../src/core/kubernetes/oom-kills.ts';
import {
  type ContainerState,
  type PodState,
  podReason,
  podStatusWord,
  restartsOf,
  type Termination,
} from '../../../../src/core/kubernetes/pod-status.ts';

/** One container in one moment of its life. */
const state = (name: string, change: Partial<ContainerState> = {}): ContainerState => ({
  name,
  ready: false,
  restartCount: 0,
  started: false,
  waiting: null,
  terminated: null,
  lastTerminated: null,
  running: false,
  ...change,
});
const waits = (name: string, reason: string | null, change: Partial<ContainerState> = {}) =>
  state(name, { waiting: { reason }, ...change });
const runs = (name: string, change: Partial<ContainerState> = {}) =>
  state(name, { running: true, started: true, ready: true, ...change });
const end = (exitCode: number, reason: string | null = exitCode === 0 ? 'Completed' : 'Error'): Termination => ({
  reason,
  exitCode,
  signal: 0,
  finishedAtSeconds: 100,
});
const ended = (name: string, exitCode: number, reason?: string, change: Partial<ContainerState> = {}) =>
  state(name, { terminated: reason === undefined ? end(exitCode) : end(exitCode, reason), ...change });
const oom = (name: string, restartCount: number, change: Partial<ContainerState> = {}) =>
  ended(name, 137, 'OOMKilled', { restartCount, ...change });
const afterOom = (restartCount: number): Partial<ContainerState> => ({
  restartCount,
  lastTerminated: end(137, 'OOMKilled'),
});

interface Moment {
  readonly initContainers?: readonly ContainerState[];
  readonly containers: readonly ContainerState[];
  readonly pod?: Partial<PodState>;
}
const podOf = ({ initContainers = [], containers, pod = {} }: Moment, sidecars: readonly string[] = []): PodState => ({
  phase: 'Running',
  reason: null,
  isDeleted: false,
  isReady: containers.every(({ ready }) => ready),
  isGated: false,
  isInitialized: false,
  initContainers,
  containers,
  sidecars: new Set(sidecars),
  ...pod,
});

/** What `kubectl get pods` shows at each moment: the word and RESTARTS. */
function seen(moments: readonly Moment[], sidecars: readonly string[] = []): (readonly [string, number])[] {
  return moments.map((moment) => {
    const pod = podOf(moment, sidecars);
    return [podStatusWord(pod), restartsOf(pod)] as const;
  });
}

describe('the life of a pod as kubectl tells it', () => {
  test('with two init containers: each by its number, its failure by name, and then the pod', () => {
    const waiting = waits('main', 'PodInitializing');
    const init = (first: ContainerState, second: ContainerState): Moment => ({
      initContainers: [first, second],
      containers: [waiting],
      pod: { phase: 'Pending' },
    });
    const idle = waits('load', 'PodInitializing');
    expect(
      seen([
        init(runs('wait', { ready: false }), idle),
        init(ended('wait', 0), runs('load', { ready: false })),
        init(ended('wait', 0), ended('load', 1)),
        init(ended('wait', 0), waits('load', 'CrashLoopBackOff', { restartCount: 1 })),
        init(ended('wait', 0), oom('load', 2)),
        { ...init(ended('wait', 0), ended('load', 0, 'Completed', { restartCount: 3 })) },
        { initContainers: [ended('wait', 0), ended('load', 0)], containers: [runs('main')] },
      ]),
    ).toEqual([
      ['Init:0/2', 0],
      ['Init:1/2', 0],
      ['Init:Error', 0],
      ['Init:CrashLoopBackOff', 1],
      ['Init:OOMKilled', 2],
      // All are done: their restarts count no more, and the main container has the word.
      ['PodInitializing', 0],
      ['Running', 0],
    ]);
  });

  test('that crashes: Error, CrashLoopBackOff, again running, and the same restarts all along', () => {
    const last = { restartCount: 4, lastTerminated: end(1) };
    const moments = [
      { containers: [ended('main', 1, 'Error', { restartCount: 4 })] },
      { containers: [waits('main', 'CrashLoopBackOff', last)] },
      { containers: [runs('main', { restartCount: 5, lastTerminated: end(1) })] },
    ];
    expect(seen(moments)).toEqual([
      ['Error', 4],
      ['CrashLoopBackOff', 4],
      ['Running', 5],
    ]);
    // The loop's reason is how it ended; one that runs again has none.
    expect(moments.map((moment) => podReason(podOf(moment), null))).toEqual(['Error', 'Error', null]);
  });

  test('of a Job with a sidecar: it is Completed when its work is, and NotReady while the other goes on', () => {
    const work = ended('work', 0);
    expect(
      seen([
        { containers: [runs('work'), runs('agent')] },
        { containers: [work, runs('agent')], pod: { isReady: false } },
        { containers: [work, ended('agent', 143, 'Error')], pod: { phase: 'Failed' } },
        { containers: [work, ended('agent', 0)], pod: { phase: 'Succeeded' } },
      ]).map(([word]) => word),
    ).toEqual(['Running', 'NotReady', 'Completed', 'Completed']);
  });

  test('with a sidecar among its init containers: its restarts go on counting', () => {
    const sidecar = runs('proxy', { restartCount: 2 });
    const moments = [
      { initContainers: [runs('proxy', { started: false, ready: false })], containers: [waits('main', null)] },
      { initContainers: [sidecar], containers: [runs('main', { restartCount: 1 })] },
    ];
    expect(seen(moments, ['proxy'])).toEqual([
      ['Init:0/1', 0],
      ['Running', 3],
    ]);
    // The same container as a plain init container would hold the pod up.
    expect(seen(moments.slice(1))).toEqual([['Init:0/1', 2]]);
  });

  test('whose sidecar crashes after the beginning: no new beginning, and a container that says more has the word', () => {
    const proxy = waits('proxy', 'CrashLoopBackOff', { restartCount: 6, lastTerminated: end(1) });
    const moment = (main: ContainerState, isInitialized: boolean): Moment => ({
      initContainers: [ended('setup', 0, 'Completed', { restartCount: 9 }), proxy],
      containers: [main],
      pod: { isInitialized },
    });
    const failed = ended('main', 1, 'Error', { restartCount: 2 });
    expect(
      seen([moment(runs('main', { restartCount: 1 }), true), moment(failed, true), moment(failed, false)], ['proxy']),
    ).toEqual([
      ['Init:CrashLoopBackOff', 7],
      ['Error', 8],
      ['Init:CrashLoopBackOff', 15],
    ]);
  });

  test.each<[string, string, Partial<PodState>]>([
    ['is deleted while it runs', 'Terminating', { isDeleted: true }],
    ['is deleted before it was placed', 'Terminating', { isDeleted: true, phase: 'Pending' }],
    ['is deleted and its node is lost', 'Unknown', { isDeleted: true, reason: 'NodeLost' }],
    ['has lost its node', 'NodeLost', { reason: 'NodeLost' }],
    ['is evicted', 'Evicted', { phase: 'Failed', reason: 'Evicted' }],
    ['is evicted and deleted', 'Evicted', { phase: 'Failed', reason: 'Evicted', isDeleted: true }],
    ['is over and deleted', 'Succeeded', { phase: 'Succeeded', isDeleted: true }],
    ['ran too long', 'DeadlineExceeded', { phase: 'Failed', reason: 'DeadlineExceeded' }],
    ['has an empty reason', 'Running', { reason: '' }],
    ['is gated', 'SchedulingGated', { phase: 'Pending', isGated: true }],
  ])('that %s: %s', (_, word, pod) => {
    expect(podStatusWord(podOf({ containers: [], pod }))).toBe(word);
  });

  test('a waiting container without a reason says nothing, and an end has the words of its signal or code', () => {
    const word = (...containers: ContainerState[]) => podStatusWord(podOf({ containers }));
    expect(word(waits('main', null))).toBe('Running');
    expect(word(waits('main', ''))).toBe('Running');
    expect(word(state('main', { terminated: { ...end(0, ''), signal: 15 } }))).toBe('Signal:15');
    expect(word(state('main', { terminated: end(0, null) }))).toBe('ExitCode:0');
    expect(word(runs('main'), waits('side', 'ErrImagePull'))).toBe('ErrImagePull');
    expect(word(ended('main', 2), waits('side', 'ErrImagePull'))).toBe('Error');
  });
});

describe('kills for memory over the life of a pod', () => {
  /** Counts after each answer about the same pod. */
  const counts = (answers: readonly (readonly ContainerState[])[], begin: OomTally = NO_OOM_KILLS): number[] => {
    let tally = begin;
    return answers.map((containers) => {
      tally = addOomKills(tally, visibleOomKills(containers)).tally;
      return tally.count;
    });
  };

  test('each counts once: at its end, while it waits, and when it runs again', () => {
    expect(
      counts([
        [runs('main')],
        [oom('main', 0)],
        [waits('main', 'CrashLoopBackOff', { lastTerminated: end(137, 'OOMKilled') })],
        [runs('main', afterOom(1))],
        [oom('main', 1, { lastTerminated: end(137, 'OOMKilled') })],
        [runs('main', afterOom(2))],
        // It ended by itself: the kill before is no longer in sight, and stays counted.
        [runs('main', { restartCount: 3, lastTerminated: end(1) })],
        [runs('main', afterOom(4))],
      ]),
    ).toEqual([0, 1, 1, 1, 2, 2, 2, 3]);
  });

  test('an older answer that comes late takes nothing back and adds nothing', () => {
    expect(counts([[runs('main', afterOom(5))], [runs('main', afterOom(2))], [runs('main', afterOom(6))]])).toEqual([
      1, 1, 2,
    ]);
  });

  test('containers count apart, also where both are killed at once', () => {
    const both = [oom('main', 0), oom('proxy', 7)];
    expect(counts([both, both.toReversed(), [runs('main', afterOom(1)), runs('proxy', afterOom(8))]])).toEqual([
      2, 2, 2,
    ]);
    expect(counts([[oom('main', 3)]], { count: 9, upTo: { proxy: 4 } })).toEqual([10]);
  });
});
