import { describe, expect, test } from 'vitest';
import { followed } from '../../../../src/core/savings/followed.ts';
import type { Finding } from '../../../../src/model/recommendations/recommendation.ts';
import { GIB, layoutPod } from '../consolidation/layouts.ts';
import { findingOn } from './simulated-cluster.ts';

const cart = [layoutPod('cart-0', 'n1'), layoutPod('cart-1', 'n2')];
const pod = layoutPod('cart-0', 'n1');
const resize = (freedCpuMillicores: number, freedMemoryBytes = 0, type: Finding['type'] = 'RIGHTSIZING_CPU') =>
  findingOn('cart', { type }, { freedCpuMillicores, freedMemoryBytes });

describe('requests that are followed', () => {
  test('are what each pod gives up of what all of them free', () => {
    const { requestsOf, changesRequests } = followed([resize(400), resize(0, GIB, 'RIGHTSIZING_MEMORY')], cart);
    expect(requestsOf(pod)).toEqual({ cpuMillicores: 300, memoryBytes: GIB / 2 });
    expect(requestsOf(layoutPod('mail-0', 'n1'))).toBeNull();
    expect(changesRequests).toBe(true);
  });

  test('may grow, and are never below nothing', () => {
    expect(followed([resize(-400)], cart).requestsOf(pod)?.cpuMillicores).toBe(700);
    expect(followed([resize(4000)], cart).requestsOf(pod)?.cpuMillicores).toBe(0);
  });

  test('are those of pods that hold a place', () => {
    const others = [...cart, layoutPod('cart-2', null), layoutPod('cart-3', 'n1', { phase: 'Succeeded' })];
    expect(followed([resize(400)], others).requestsOf(pod)?.cpuMillicores).toBe(300);
    expect(followed([resize(400)], []).requestsOf(pod)).toBeNull();
  });

  test('change nothing for findings that free nothing', () => {
    const aware = findingOn('cart', { type: 'CARBON_AWARE_SCHEDULING' }, { freedCpuMillicores: 400 });
    const { requestsOf, changesRequests, isStopped, isOff, asleepShare } = followed([aware], cart);
    expect([requestsOf(pod), changesRequests, isStopped(pod), isOff(pod), asleepShare]).toEqual([
      null,
      false,
      false,
      false,
      0,
    ]);
  });
});

describe('pods that are off', () => {
  const namespace = findingOn('shop', {
    type: 'IDLE_NAMESPACE',
    target: { clusterId: 'c1', namespace: 'shop', ownerKind: null, ownerName: null, node: null },
  });

  test('are those of the workload', () => {
    const { isStopped } = followed([findingOn('cart', { type: 'ZOMBIE_POD' })], cart);
    expect(isStopped(pod)).toBe(true);
    expect(isStopped(layoutPod('mail-0', 'n1'))).toBe(false);
    expect(isStopped(layoutPod('cart-0', 'n1', { namespace: 'data' }))).toBe(false);
    expect(isStopped(layoutPod('cart-0', 'n1', { owner: { kind: 'StatefulSet', name: 'cart' } }))).toBe(false);
  });

  test('may be a bare one', () => {
    const target = { clusterId: 'c1', namespace: 'shop', ownerKind: 'Pod', ownerName: 'cart-0', node: null };
    const { isStopped } = followed([findingOn('x', { type: 'ZOMBIE_POD', target })], cart);
    expect([isStopped(layoutPod('cart-0', 'n1', { owner: null })), isStopped(pod)]).toEqual([true, false]);
  });

  test('are all of an idle namespace', () => {
    const { isStopped, changesRequests } = followed([namespace], cart);
    expect([isStopped(pod), isStopped(layoutPod('x-0', 'n1', { namespace: 'data' }))]).toEqual([true, false]);
    expect(changesRequests).toBe(true);
  });

  test('at times are off, not stopped, for the shortest time that all of them sleep', () => {
    const sleep = (name: string, hours: number | string | null) =>
      findingOn(name, { type: 'OFF_PEAK_SCALING', recommended: { off_peak_hours_per_week: hours } });
    const { isStopped, isOff, asleepShare, changesRequests } = followed([sleep('cart', 84), sleep('mail', 42)], cart);
    expect([isStopped(pod), isOff(pod), asleepShare, changesRequests]).toEqual([false, true, 0.25, false]);
    expect(followed([sleep('cart', 500)], cart).asleepShare).toBe(1);
    expect(followed([sleep('cart', 'often')], cart).asleepShare).toBe(0);
    expect(followed([sleep('cart', 84), sleep('mail', null)], cart).asleepShare).toBe(0);
  });
});
