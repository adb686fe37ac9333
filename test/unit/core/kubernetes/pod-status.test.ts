import { describe, expect, test } from 'vitest';
import {
  type ContainerState,
  type PodState,
  podReason,
  podStatusWord,
  restartsOf,
  type Termination,
} from '../../../../src/core/kubernetes/pod-status.ts';

const ended = (change: Partial<Termination> = {}): Termination => ({
  reason: null,
  exitCode: 0,
  signal: 0,
  finishedAtSeconds: 100,
  ...change,
});
const container = (change: Partial<ContainerState> = {}): ContainerState => ({
  name: 'main',
  ready: true,
  restartCount: 0,
  started: true,
  waiting: null,
  terminated: null,
  lastTerminated: null,
  running: change.waiting == null && change.terminated == null,
  ...change,
});
const pod = (change: Partial<PodState> = {}): PodState => ({
  phase: 'Running',
  reason: null,
  isDeleted: false,
  isReady: true,
  isGated: false,
  isInitialized: false,
  initContainers: [],
  containers: [container()],
  sidecars: new Set(),
  ...change,
});
const waiting = (reason: string | null) => container({ ready: false, waiting: { reason } });

describe('the word of kubectl for a pod', () => {
  test.each<[string, PodState]>([
    ['Running', pod()],
    ['Pending', pod({ phase: 'Pending', containers: [] })],
    ['SchedulingGated', pod({ phase: 'Pending', containers: [], isGated: true })],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted', containers: [] })],
    ['CrashLoopBackOff', pod({ containers: [waiting('CrashLoopBackOff')] })],
    ['ImagePullBackOff', pod({ phase: 'Pending', containers: [container(), waiting('ImagePullBackOff')] })],
    ['Completed', pod({ phase: 'Succeeded', containers: [container({ terminated: ended({ reason: 'Completed' }) })] })],
    ['OOMKilled', pod({ containers: [container({ terminated: ended({ reason: 'OOMKilled', exitCode: 137 }) })] })],
    ['ExitCode:3', pod({ containers: [container({ terminated: ended({ exitCode: 3 }) })] })],
    ['Signal:9', pod({ containers: [container({ terminated: ended({ exitCode: 137, signal: 9 }) })] })],
    ['Terminating', pod({ isDeleted: true })],
    ['Unknown', pod({ isDeleted: true, reason: 'NodeLost' })],
    ['Evicted', pod({ isDeleted: true, phase: 'Failed', reason: 'Evicted', containers: [] })],
  ])('%s', (word, state) => {
    expect(podStatusWord(state)).toBe(word);
  });

  test('the first container that says something decides', () => {
    expect(podStatusWord(pod({ containers: [waiting('First'), waiting('Second')] }))).toBe('First');
  });

  test('one container that is done beside one that runs: Running while ready, NotReady otherwise', () => {
    const done = container({ ready: false, terminated: ended({ reason: 'Completed' }) });
    const containers = [done, container({ name: 'other' })];
    expect(podStatusWord(pod({ containers }))).toBe('Running');
    expect(podStatusWord(pod({ containers, isReady: false }))).toBe('NotReady');
  });

  test.each<[string, ContainerState]>([
    ['Init:0/2', container({ ready: false, waiting: { reason: 'PodInitializing' } })],
    ['Init:ImagePullBackOff', waiting('ImagePullBackOff')],
    ['Init:Error', container({ terminated: ended({ reason: 'Error', exitCode: 1 }) })],
    ['Init:ExitCode:2', container({ terminated: ended({ exitCode: 2 }) })],
  ])('%s', (word, init) => {
    expect(podStatusWord(pod({ phase: 'Pending', initContainers: [init, waiting(null)] }))).toBe(word);
  });

  test('init containers that are done, and sidecars that have started, are passed over', () => {
    const done = container({ name: 'setup', terminated: ended({ reason: 'Completed' }) });
    const sidecar = container({ name: 'proxy' });
    const state = pod({ initContainers: [done, sidecar], sidecars: new Set(['proxy']) });
    expect(podStatusWord(state)).toBe('Running');
    expect(podStatusWord({ ...state, initContainers: [done, { ...sidecar, started: false }] })).toBe('Init:1/2');
  });
});

describe('restarts', () => {
  test('of containers and sidecars; of init containers only while they are at work', () => {
    const init = container({ name: 'setup', restartCount: 5, terminated: ended() });
    const sidecar = container({ name: 'proxy', restartCount: 2 });
    const state = pod({
      initContainers: [init, sidecar],
      containers: [container({ restartCount: 3 })],
      sidecars: new Set(['proxy']),
    });
    expect(restartsOf(state)).toBe(5);
    const stuck = { ...state, initContainers: [{ ...init, terminated: ended({ exitCode: 1 }) }, sidecar] };
    expect(restartsOf(stuck)).toBe(7);
  });
});

describe('the reason of a state', () => {
  test('is the pod’s own, then why it was not placed, then how containers ended', () => {
    expect(podReason(pod({ reason: 'Evicted' }), 'Unschedulable')).toBe('Evicted');
    expect(podReason(pod(), 'Unschedulable')).toBe('Unschedulable');
    const killed = container({ terminated: ended({ reason: 'OOMKilled', exitCode: 137 }) });
    expect(podReason(pod({ containers: [killed] }), null)).toBe('OOMKilled');
    const looping = { ...waiting('CrashLoopBackOff'), lastTerminated: ended({ reason: 'Error', exitCode: 1 }) };
    expect(podReason(pod({ containers: [looping] }), null)).toBe('Error');
    expect(podReason(pod({ containers: [waiting('ErrImagePull')] }), null)).toBe('ErrImagePull');
  });

  test('is none where all is well, also for one that was killed once and runs now', () => {
    expect(podReason(pod(), null)).toBeNull();
    const recovered = container({ restartCount: 1, lastTerminated: ended({ reason: 'OOMKilled', exitCode: 137 }) });
    expect(podReason(pod({ containers: [recovered] }), null)).toBeNull();
    const done = container({ terminated: ended({ reason: 'Completed' }) });
    expect(podReason(pod({ phase: 'Succeeded', containers: [done] }), null)).toBeNull();
  });
});
