import { describe, expect, test } from 'vitest';
import { WindowCostsReader } from '../../../../src/backend/pipeline/window-costs.ts';
import type { WindowCosts } from '../../../../src/model/costs.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { Window } from '../../../../src/model/time.ts';

const WINDOW: Window = { startSeconds: 0, durationSeconds: 300 };
const COSTS: WindowCosts = {
  currency: 'USD',
  pods: [{ namespace: 'shop', pod: 'cart-0', cpu: 1, memory: 1, gpu: 0, storage: 0, network: 0 }],
  idle: { cpu: 2, memory: 1, gpu: 0, storage: 0, network: 0 },
};
const away = () => Promise.reject(new Failure('unreachable', 'OpenCost answered with status 502.', { hint: 'Later.' }));

function reader(read: (asked: number, signal: AbortSignal) => Promise<WindowCosts | null>, currency: string | null) {
  let asked = 0;
  const stopping = new AbortController();
  const costs = new WindowCostsReader({
    connection: {
      readCosts: (_, signal) => {
        asked += 1;
        return read(asked, signal);
      },
    },
    currency,
    signal: stopping.signal,
    patienceMilliseconds: 20,
  });
  return { costs, stopping, asked: () => asked };
}

describe('costs of the windows of a run', () => {
  test('are those of the cost source', async () => {
    const { costs } = reader(async () => COSTS, 'USD');
    expect(await costs.of(WINDOW)).toEqual(COSTS);
    expect(costs.outcome).toBe('answered');
    expect(costs.notices).toEqual([]);
  });

  test('without a source, or where it has nothing of the time, are null and nothing is said', async () => {
    const { costs, asked } = reader(async () => null, 'USD');
    for (let each = 0; each < 5; each += 1) expect(await costs.of(WINDOW)).toBeNull();
    expect(costs.outcome).toBe('none');
    expect(costs.notices).toEqual([]);
    expect(asked()).toBe(5);
  });

  test('a source that fails is said once and left alone after two failures in a row', async () => {
    const { costs, asked } = reader(away, 'USD');
    for (let each = 0; each < 5; each += 1) expect(await costs.of(WINDOW)).toBeNull();
    expect(asked()).toBe(2);
    expect(costs.outcome).toBe('failed');
    expect(costs.notices).toEqual([
      { code: 'costs-not-read', severity: 'warning', message: 'OpenCost answered with status 502.', hint: 'Later.' },
    ]);
  });

  test('a failure between answers does not end the asking', async () => {
    const { costs, asked } = reader(async (count) => (count % 2 === 0 ? away() : COSTS), 'USD');
    for (let each = 0; each < 6; each += 1) await costs.of(WINDOW);
    expect(asked()).toBe(6);
    expect(costs.notices).toHaveLength(1);
  });

  test('a source that never answers holds no window up, also where it does not heed its signal', async () => {
    const signals: AbortSignal[] = [];
    const { costs, asked } = reader((_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    }, 'USD');
    expect(await costs.of(WINDOW)).toBeNull();
    expect(await costs.of(WINDOW)).toBeNull();
    expect(await costs.of(WINDOW)).toBeNull();
    expect(asked()).toBe(2);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(costs.notices).toEqual([expect.objectContaining({ code: 'costs-not-read' })]);
  });

  test('in another currency are not taken, and the way out is said once', async () => {
    const { costs } = reader(async () => ({ ...COSTS, currency: 'EUR' }), 'USD');
    expect(await costs.of(WINDOW)).toBeNull();
    expect(await costs.of(WINDOW)).toBeNull();
    expect(costs.notices).toEqual([
      expect.objectContaining({ code: 'costs-other-currency', hint: expect.stringContaining('EUR') }),
    ]);
    expect(costs.outcome).toBe('failed');
  });

  test.each([
    [null, 'EUR', 'EUR'],
    ['EUR', null, 'EUR'],
  ])('of currency %s for a cluster that counts in %s', async (theirs, ours, currency) => {
    const { costs } = reader(async () => ({ ...COSTS, currency: theirs }), ours);
    expect(await costs.of(WINDOW)).toEqual({ ...COSTS, currency });
  });

  test('a run that is stopped asks nothing more and blames nobody', async () => {
    const { costs, stopping, asked } = reader(async () => {
      stopping.abort();
      throw new Failure('cancelled', 'The request was cancelled.');
    }, 'USD');
    expect(await costs.of(WINDOW)).toBeNull();
    expect(await costs.of(WINDOW)).toBeNull();
    expect(asked()).toBe(1);
    expect(costs.notices).toEqual([]);
  });
});
