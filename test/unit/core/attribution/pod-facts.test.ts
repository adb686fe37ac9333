import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOfInventory, factsOfUsage, joinPods } from '../../../../src/core/attribution/pod-facts.ts';
import { HOUR, NOON, podDescriptionOf, podFactsOf, podUsageOf } from '../builders.ts';

const nobody = () => null;

describe('two pods of one name', () => {
  const first = podFactsOf({ uid: 'first', aliveSeconds: 600, ownerName: 'old', usageSource: 'cadvisor' });
  const second = podFactsOf({ uid: 'second', aliveSeconds: 1200, ownerName: 'new', usageSource: 'cadvisor' });

  test('have the identity of the last', () => {
    expect(joinPods(first, second, HOUR)).toMatchObject({ uid: 'second', ownerName: 'new' });
  });

  test('keep what only the first one knew', () => {
    const bare = { ...second, uid: null, ownerKind: null, ownerName: null, team: null };
    expect(joinPods({ ...first, team: 'shop' }, bare, HOUR)).toMatchObject({
      uid: 'first',
      ownerKind: 'Deployment',
      ownerName: 'old',
      team: 'shop',
    });
  });

  test('lived at most for the window', () => {
    const long = { ...first, aliveSeconds: 3000 };
    expect(joinPods(long, { ...second, aliveSeconds: 3000 }, HOUR).aliveSeconds).toBe(3600);
  });

  test('of no time at all take the larger rate', () => {
    const none = { aliveSeconds: 0, cpuSeconds: 0 };
    const joined = joinPods(
      { ...first, ...none, cpuRequestMillicores: 100 },
      { ...second, ...none, cpuRequestMillicores: 300 },
      HOUR,
    );
    expect(joined.cpuRequestMillicores).toBe(300);
  });

  test.each([
    ['cadvisor', 'requests', 'cadvisor'],
    ['requests', 'cadvisor', 'cadvisor'],
    ['requests', 'single-sample', 'single-sample'],
    ['requests', 'requests', 'requests'],
  ] as const)('with %s and %s are known by %s', (a, b, expected) => {
    expect(joinPods({ ...first, usageSource: a }, { ...second, usageSource: b }, HOUR).usageSource).toBe(expected);
  });

  test('add up, whatever they used', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (cpuA, cpuB, netA, netB) => {
        const joined = joinPods(
          { ...first, cpuSeconds: cpuA, networkReceiveBytes: netA },
          { ...second, cpuSeconds: cpuB, networkReceiveBytes: netB },
          HOUR,
        );
        expect(joined.cpuSeconds).toBe(cpuA + cpuB);
        expect(joined.networkReceiveBytes).toBe(netA + netB);
      }),
    );
  });

  test('reserve together what they reserved apart', () => {
    const alive = fc.integer({ min: 1, max: 1800 });
    const millicores = fc.integer({ min: 0, max: 8000 });
    fc.assert(
      fc.property(alive, alive, millicores, millicores, (aliveA, aliveB, requestA, requestB) => {
        const joined = joinPods(
          { ...first, aliveSeconds: aliveA, cpuRequestMillicores: requestA },
          { ...second, aliveSeconds: aliveB, cpuRequestMillicores: requestB },
          HOUR,
        );
        expect(joined.cpuRequestMillicores * joined.aliveSeconds).toBeCloseTo(aliveA * requestA + aliveB * requestB, 3);
      }),
    );
  });
});

describe('a pod', () => {
  test('without figures counts as nothing used, not as missing', () => {
    const usage = podUsageOf({
      networkReceiveBytes: null,
      networkTransmitBytes: null,
      diskReadBytes: null,
      diskWriteBytes: null,
      ephemeralStorageBytes: null,
      memoryBytes: null,
    });
    expect(factsOfUsage(usage, null, HOUR, nobody)).toMatchObject({
      networkReceiveBytes: 0,
      networkTransmitBytes: 0,
      diskReadBytes: 0,
      diskWriteBytes: 0,
      ephemeralStorageBytes: 0,
      memoryBytes: 0,
      cpuSeconds: 100,
    });
  });

  test('that failed but whose memory was seen is kept', () => {
    const usage = podUsageOf({ phase: 'Failed', cpuSeconds: null, memoryBytes: 1 });
    expect(factsOfUsage(usage, null, HOUR, nobody)).toMatchObject({ memoryBytes: 1, usageSource: 'requests' });
  });

  test('has never lived for less than nothing', () => {
    expect(factsOfUsage(podUsageOf({ aliveSeconds: -3 }), null, HOUR, nobody)?.aliveSeconds).toBe(0);
  });

  test('takes the UID of the pod list if that pod was there in the window', () => {
    const known = podDescriptionOf({ createdAtSeconds: NOON + 3599 });
    expect(factsOfUsage(podUsageOf(), known, HOUR, nobody)?.uid).toBe('uid-cart-1');
    const later = podDescriptionOf({ createdAtSeconds: NOON + 3600 });
    expect(factsOfUsage(podUsageOf(), later, HOUR, nobody)?.uid).toBeNull();
  });

  test('of the pod list alone has its requests and no usage', () => {
    expect(factsOfInventory(podDescriptionOf({ owner: null }), 120, () => 'team')).toMatchObject({
      ownerKind: null,
      ownerName: null,
      team: 'team',
      cpuRequestMillicores: 250,
      memoryRequestBytes: 3e9,
      cpuSeconds: 0,
      memoryBytes: 0,
      aliveSeconds: 120,
      usageSource: 'requests',
    });
  });
});
