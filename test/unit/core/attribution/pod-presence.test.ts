import { describe, expect, test } from 'vitest';
import { boundSeconds, knowsPods, podKey, podsByName } from '../../../../src/core/attribution/pod-presence.ts';
import { HOUR, inventoryOf, NOON, podDescriptionOf, podUsageOf, readingOf } from '../builders.ts';

const READ_AT = NOON + 7200;

describe('seconds that a pod was bound in a window', () => {
  test.each([
    ['older than the window', {}, 3600],
    ['made in it', { createdAtSeconds: NOON + 900 }, 2700],
    ['made after it', { createdAtSeconds: NOON + 3600 }, 0],
    ['finished in it', { finishedAtSeconds: NOON + 600, phase: 'Succeeded' }, 600],
    ['finished before it', { finishedAtSeconds: NOON - 1, phase: 'Failed' }, 0],
    ['made and finished in it', { createdAtSeconds: NOON + 60, finishedAtSeconds: NOON + 150, phase: 'Succeeded' }, 90],
    ['finished nobody knows when', { phase: 'Succeeded' }, 0],
    ['not bound', { node: null, phase: 'Pending' }, 0],
    ['bound and not started yet', { phase: 'Pending', startedAtSeconds: null }, 3600],
    ['of unknown age, read after the window', { createdAtSeconds: null, startedAtSeconds: null }, 0],
    ['with a start but no creation', { createdAtSeconds: null, startedAtSeconds: NOON + 3000 }, 600],
  ] as const)('%s', (_, changes, expected) => {
    expect(boundSeconds(podDescriptionOf(changes), HOUR, READ_AT)).toBe(expected);
  });

  test('of a pod of unknown age count from when it was read', () => {
    const pod = podDescriptionOf({ createdAtSeconds: null, startedAtSeconds: null });
    expect(boundSeconds(pod, HOUR, NOON + 3000)).toBe(600);
  });
});

describe('a reading knows which pods there were', () => {
  test('where one of them has a phase or requests', () => {
    expect(knowsPods(readingOf({ pods: [podUsageOf({ phase: 'Running' })] }))).toBe(true);
    const requests = { cpuMillicores: 1, memoryBytes: 1 };
    expect(knowsPods(readingOf({ pods: [podUsageOf(), podUsageOf({ requests })] }))).toBe(true);
  });

  test('and not from usage alone', () => {
    expect(knowsPods(readingOf({ pods: [podUsageOf()] }))).toBe(false);
    expect(knowsPods(readingOf({ pods: [] }))).toBe(false);
  });
});

test('of two pods with one name the younger is found', () => {
  const old = podDescriptionOf({ uid: 'old', createdAtSeconds: 10 });
  const young = podDescriptionOf({ uid: 'young', createdAtSeconds: 20 });
  for (const pods of [
    [old, young],
    [young, old],
  ]) {
    expect(podsByName(inventoryOf({ pods })).get('shop/cart-1')?.uid).toBe('young');
  }
});

test('one name in two namespaces is two pods', () => {
  expect(podKey({ namespace: 'a', name: 'x' })).not.toBe(podKey({ namespace: 'b', name: 'x' }));
});
