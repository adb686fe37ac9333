import { describe, expect, it } from 'vitest';
import {
  freedShare,
  hourlyMoney,
  NO_EFFECT,
  Remaining,
  switchedOff,
} from '../../../../src/core/recommendations/effect.ts';
import { HourlyUsage } from '../../../../src/core/recommendations/usage-lines.ts';
import { GIB, type MadeWorkload, made, PRICES } from './made-cluster.ts';

function usageOf(workload: MadeWorkload, hours = 24): HourlyUsage {
  const { workloads } = made({ workloads: [workload], hours });
  return new HourlyUsage(workloads, [{ from: 0, to: workloads.keyIndex.length }], hours);
}

/** 1 pod, 2 W dynamic and 1 W idle, 300 g/kWh, PUE 1.2, 1 a day in money for each hour. */
const PLAIN: MadeWorkload = { pods: 1, cost: 1 / 24 };

describe('switching off', () => {
  it('takes the dynamic energy and its carbon, not the idle part', () => {
    const gain = new Remaining(usageOf(PLAIN), PRICES, 1).take(switchedOff(() => 1));
    expect(gain.joules).toBeCloseTo(2 * 86_400, 6);
    expect(gain.co2eGrams.central).toBeCloseTo((2 * 86_400 * 1.2 * 300) / 3.6e6, 9);
    expect(gain.co2eGrams.low / gain.co2eGrams.central).toBeCloseTo(0.7, 9);
    expect(gain.co2eGrams.high / gain.co2eGrams.central).toBeCloseTo(1.5, 9);
    expect(gain.money).toBeCloseTo(1, 9);
  });

  it('of some hours takes those', () => {
    const gain = new Remaining(usageOf(PLAIN), PRICES, 1).take(switchedOff((hour) => (hour < 6 ? 1 : 0)));
    expect(gain.joules).toBeCloseTo(2 * 6 * 3600, 6);
    expect(gain.money).toBeCloseTo(0.25, 9);
  });

  it('is per day', () => {
    const gain = new Remaining(usageOf(PLAIN, 48), PRICES, 2).take(switchedOff(() => 1));
    expect(gain.joules).toBeCloseTo(2 * 86_400, 6);
    expect(new Remaining(usageOf(PLAIN), PRICES, 0).take(switchedOff(() => 1)).money).toBe(0);
  });

  it('leaves hours without data out', () => {
    const gain = new Remaining(usageOf({ ...PLAIN, seen: (hour) => hour < 12 }), PRICES, 1).take(switchedOff(() => 1));
    expect(gain.joules).toBeCloseTo(2 * 12 * 3600, 6);
  });
});

describe('one effect after another', () => {
  it('takes from what is left', () => {
    const remaining = new Remaining(usageOf(PLAIN), PRICES, 1);
    const half = remaining.take(switchedOff(() => 0.5));
    const again = remaining.take(switchedOff(() => 0.5));
    const rest = remaining.take(switchedOff(() => 1));
    expect([half.money, again.money, rest.money].map((value) => value.toFixed(4))).toEqual([
      '0.5000',
      '0.2500',
      '0.2500',
    ]);
    expect(remaining.take(switchedOff(() => 1)).co2eGrams.high).toBe(0);
  });

  it('takes nothing for nothing, and no more than all', () => {
    const remaining = new Remaining(usageOf(PLAIN), PRICES, 1);
    expect(remaining.take(NO_EFFECT)).toEqual({ co2eGrams: { central: 0, low: 0, high: 0 }, joules: 0, money: 0 });
    expect(remaining.take(switchedOff(() => -1)).money).toBe(0);
    expect(remaining.take(switchedOff(() => Number.NaN)).money).toBe(0);
    expect(remaining.take(switchedOff(() => 5)).money).toBeCloseTo(1, 9);
  });

  it('of a share that has a range takes its low and high, and leaves what the central one does', () => {
    const remaining = new Remaining(usageOf(PLAIN), PRICES, 1);
    const carbonRange = { low: () => 0.1, high: () => 0.6 };
    const gain = remaining.take({ ...NO_EFFECT, carbon: () => 0.25, carbonRange });
    const whole = (2 * 86_400 * 1.2 * 300) / 3.6e6;
    expect(gain.co2eGrams.low).toBeCloseTo(whole * 0.1 * 0.7, 9);
    expect(gain.co2eGrams.central).toBeCloseTo(whole * 0.25, 9);
    expect(gain.co2eGrams.high).toBeCloseTo(whole * 0.6 * 1.5, 9);
    expect(remaining.take(switchedOff(() => 1)).co2eGrams.central).toBeCloseTo(whole * 0.75, 9);
  });

  it('that may not come starts at 0', () => {
    const gain = new Remaining(usageOf(PLAIN), PRICES, 1).take({ ...NO_EFFECT, carbon: () => 0.5, isSure: false });
    expect(gain.co2eGrams.low).toBe(0);
    expect(gain.co2eGrams.central).toBeGreaterThan(0);
    expect(gain.joules).toBe(0);
  });
});

describe('money of an hour', () => {
  it('is that of the prices, the rest is other', () => {
    const money = hourlyMoney(usageOf({ pods: 2, cost: 1 }), PRICES);
    expect(money.cpu[0]).toBeCloseTo(2 * 0.5 * 0.04, 12);
    expect(money.memory[0]).toBeCloseTo((2 * GIB * 0.005) / 1e9, 12);
    expect(money.other[0]).toBeCloseTo(1 - 0.04 - (2 * GIB * 0.005) / 1e9, 12);
  });

  it('is scaled down where less was charged', () => {
    const whole = hourlyMoney(usageOf({ pods: 2, cost: 1 }), PRICES);
    const less = hourlyMoney(usageOf({ pods: 2, cost: 0.01 }), PRICES);
    expect((less.cpu[0] ?? 0) + (less.memory[0] ?? 0)).toBeCloseTo(0.01, 12);
    expect(less.other[0]).toBe(0);
    expect((less.cpu[0] ?? 0) / (less.memory[0] ?? 1)).toBeCloseTo((whole.cpu[0] ?? 0) / (whole.memory[0] ?? 1), 9);
  });

  it('counts use where that is more than the request', () => {
    expect(hourlyMoney(usageOf({ pods: 1, cpu: 2000, cost: 1 }), PRICES).cpu[0]).toBeCloseTo(0.08, 12);
  });

  it('is nothing in an hour without data', () => {
    const money = hourlyMoney(usageOf({ seen: (hour) => hour > 0 }), PRICES);
    expect([money.cpu[0], money.memory[0], money.other[0]].every((value) => !(Number(value) > 0))).toBe(true);
  });
});

describe('the share that a smaller request frees', () => {
  it('is the difference over what is paid', () => {
    const share = freedShare(usageOf({ cpuRequest: 1000, cpu: 100 }), 'cpu', 1000, 250);
    expect(share(0)).toBeCloseTo(0.75, 12);
  });

  it('ends where use begins', () => {
    const share = freedShare(usageOf({ cpuRequest: 1000, cpu: 600 }), 'cpu', 1000, 250);
    expect(share(0)).toBeCloseTo(0.4, 12);
    expect(freedShare(usageOf({ cpuRequest: 1000, cpu: 1200 }), 'cpu', 1000, 250)(0)).toBe(0);
  });

  it('does not count again what was lowered meanwhile', () => {
    // The hours had 2000; today it asks for 1000, and 500 are proposed.
    const share = freedShare(usageOf({ cpuRequest: 2000, cpu: 100 }), 'cpu', 1000, 500);
    expect(share(0)).toBeCloseTo(0.25, 12);
  });

  it('is of memory as well, and nothing without data or request', () => {
    const memory = freedShare(usageOf({ memoryRequest: 4 * GIB, memory: GIB }), 'memory', 4 * GIB, 2 * GIB);
    expect(memory(0)).toBeCloseTo(0.5, 12);
    expect(memory(99)).toBe(0);
    expect(freedShare(usageOf({ cpuRequest: null, cpu: 0 }), 'cpu', 0, 0)(0)).toBe(0);
  });
});
