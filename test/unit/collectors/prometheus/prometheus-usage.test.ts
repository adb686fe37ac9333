import { describe, expect, it } from 'vitest';
import { createPrometheusUsage } from '../../../../src/collectors/prometheus/prometheus-usage.ts';
import type { TransportResponse } from '../../../../src/core/ports/transport.ts';
import { Failure, type FailureCode, isFailure } from '../../../../src/model/failure.ts';
import { windowsIn } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { type FakeTransport, fakeTransport, matrix, NO_SIGNAL, series } from './fake-client.ts';

const WINDOWS = windowsIn({ startSeconds: 0, endSeconds: 8 * 3600 }, 3600);
const usageOf = (transport: FakeTransport) =>
  createPrometheusUsage({ transport, extraMatchers: null, tenantHeader: null, clock: { nowSeconds: () => 9 * 3600 } });

async function startsOf(transport: FakeTransport): Promise<number[]> {
  const starts: number[] = [];
  for await (const reading of usageOf(transport).readUsage(WINDOWS, EMPTY_INVENTORY, NO_SIGNAL))
    starts.push(reading.window.startSeconds);
  return starts;
}
const all = WINDOWS.map((window) => window.startSeconds);
const isMemory = (query: unknown): boolean => String(query).includes('working_set');
const hoursOf = (parameters: Readonly<Record<string, unknown>>): number =>
  (Number(parameters.end) - Number(parameters.start)) / 3600 + 1;

describe('readUsage', () => {
  it('gives a reading for each window even where nothing is known', async () => {
    expect(await startsOf(fakeTransport(() => matrix()))).toEqual(all);
  });

  it('halves a piece that is too large or too slow until it fits, and keeps the order', async () => {
    for (const code of ['too-large', 'timeout'] as const) {
      const transport = fakeTransport(({ parameters }) =>
        isMemory(parameters.query) && hoursOf(parameters) > 2 ? new Failure(code, 'no') : matrix(),
      );
      expect(await startsOf(transport)).toEqual(all);
      const asked = transport.requests
        .filter((request) => isMemory(request.parameters.query))
        .map((r) => hoursOf(r.parameters));
      expect(asked).toEqual([8, 4, 2, 2, 2, 2]);
    }
  });

  it('asks for smaller pieces where many containers run', async () => {
    const transport = fakeTransport(({ parameters }) =>
      String(parameters.query).startsWith('count(container_cpu') ? matrix(series({}, [3600, 9000])) : matrix(),
    );
    expect(await startsOf(transport)).toEqual(all);
    const asked = transport.requests
      .filter((request) => isMemory(request.parameters.query))
      .map((r) => hoursOf(r.parameters));
    expect(Math.max(...asked)).toBeLessThanOrEqual(3);
  });

  it('sends nothing for the next piece before the readings were taken', async () => {
    const transport = fakeTransport(({ parameters }) =>
      String(parameters.query).startsWith('count(container_cpu') ? matrix(series({}, [3600, 900_000])) : matrix(),
    );
    const readings = usageOf(transport).readUsage(WINDOWS, EMPTY_INVENTORY, NO_SIGNAL)[Symbol.asyncIterator]();
    await readings.next();
    const sent = transport.requests.length;
    expect(transport.requests.filter((request) => isMemory(request.parameters.query))).toHaveLength(1);
    await readings.next();
    expect(transport.requests.length).toBeGreaterThan(sent);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const transport = fakeTransport(() => matrix());
    const readings = usageOf(transport).readUsage(WINDOWS, EMPTY_INVENTORY, controller.signal)[Symbol.asyncIterator]();
    controller.abort();
    await expect(readings.next()).rejects.toThrow();
    expect(transport.requests).toHaveLength(0);
  });

  it('stores no number of a server that answers badly', async () => {
    const cases: readonly (readonly [Partial<TransportResponse> | Error, FailureCode])[] = [
      [{ text: '<html>', contentType: 'text/html' }, 'bad-answer'],
      [{ status: 401 }, 'unauthenticated'],
      [{ status: 500 }, 'bad-answer'],
      [{ text: '' }, 'bad-answer'],
      [new Failure('unreachable', 'no'), 'unreachable'],
    ];
    for (const [answer, code] of cases) {
      const error = await startsOf(
        fakeTransport(({ parameters }) => (isMemory(parameters.query) ? answer : matrix())),
      ).catch((caught: unknown) => caught);
      expect(isFailure(error) && error.code).toBe(code);
    }
  });

  it('refuses additional matchers that are none', () => {
    const options = { transport: fakeTransport(() => matrix()), tenantHeader: null, clock: { nowSeconds: () => 0 } };
    expect(() => createPrometheusUsage({ ...options, extraMatchers: 'x} or up{' })).toThrow(Failure);
  });
});
