import { describe, expect, it } from 'vitest';
import { containerOf, ownLabel, podKey, podNameOf, targetOf } from '../../../../src/collectors/prometheus/labels.ts';

describe('podNameOf', () => {
  it.each([
    [{ namespace: 'a', pod: 'p' }, 'a/p'],
    [{ namespace: 'a', pod_name: 'p' }, 'a/p'],
    [{ namespace: 'monitoring', pod: 'ksm', exported_namespace: 'a', exported_pod: 'p' }, 'a/p'],
    [{ namespace: 'a', pod: '', pod_name: 'p' }, 'a/p'],
  ])('%o is %s', (labels, key) => {
    const name = podNameOf(labels);
    expect(name === null ? null : podKey(name)).toBe(key);
  });

  it('is null without a namespace or a pod', () => {
    expect(podNameOf({ pod: 'p' })).toBeNull();
    expect(podNameOf({ namespace: 'a' })).toBeNull();
  });
});

describe('other labels', () => {
  it('take the renamed one first and empty ones as missing', () => {
    expect(ownLabel({ exported_node: 'b', node: 'a' }, 'node')).toBe('b');
    expect(ownLabel({ exported_node: '', node: 'a' }, 'node')).toBe('a');
    expect(ownLabel({}, 'node')).toBeNull();
    expect(containerOf({ container_name: 'c' })).toBe('c');
  });

  it('tell targets apart by job, instance and path, not by pod', () => {
    const base = { job: 'kubelet', instance: 'a', metrics_path: '/x' };
    expect(targetOf({ ...base, pod: 'p' })).toBe(targetOf({ ...base, pod: 'q' }));
    expect(targetOf(base)).not.toBe(targetOf({ ...base, metrics_path: '/y' }));
    expect(targetOf(base)).not.toBe(targetOf({ ...base, job: 'other' }));
  });
});
