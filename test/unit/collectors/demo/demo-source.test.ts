import { describe, expect, test } from 'vitest';
import { createDemoSource, SAMPLE_CONTEXT } from '../../../../src/collectors/demo/demo-source.ts';
import {
  type ClusterConnection,
  NO_OPENCOST_SETTINGS,
  NO_PROMETHEUS_SETTINGS,
  type SourceCheck,
} from '../../../../src/core/ports/cluster-source.ts';
import type { UsageReading } from '../../../../src/model/usage.ts';
import { DATA_DIR, DAY, DAY_START, hourAt, hoursBefore, NOW } from './sample.ts';

const OPTIONS = { prometheus: NO_PROMETHEUS_SETTINGS, openCost: NO_OPENCOST_SETTINGS };
const sourceAt = (nowSeconds: number, dataDir = DATA_DIR) =>
  createDemoSource({ clock: { nowSeconds: () => nowSeconds }, dataDir });
const going = () => new AbortController().signal;

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function connected(nowSeconds = NOW): Promise<ClusterConnection> {
  return sourceAt(nowSeconds).connect(SAMPLE_CONTEXT, OPTIONS);
}

async function readings(
  connection: ClusterConnection,
  windows: ReturnType<typeof hoursBefore>,
): Promise<UsageReading[]> {
  const inventory = await connection.readInventory(going());
  return collected(connection.readUsage(windows, inventory, going()));
}

describe('the source', () => {
  test('lists one context, marked as sample, that no file holds', async () => {
    const { files, contexts } = await sourceAt(NOW).list();
    expect(files).toEqual([]);
    expect(contexts).toEqual([expect.objectContaining({ name: 'sample', isSample: true, file: null, problem: null })]);
  });

  test('never changes', () => {
    const stop = sourceAt(NOW).watch(() => {
      throw new Error('changed');
    });
    expect(stop()).toBeUndefined();
  });

  test('knows no other context', async () => {
    await expect(sourceAt(NOW).connect('production', OPTIONS)).rejects.toMatchObject({
      code: 'not-found',
      hint: 'The only sample context is sample.',
    });
  });

  test('without its tables fails with a way out, and again on the next call', async () => {
    const connection = await sourceAt(NOW, '/nonexistent').connect('sample', OPTIONS);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(connection.readInventory(going())).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('.csv'),
      });
    }
  });
});

describe('the connection', () => {
  test('is always the same cluster', async () => {
    const [first, second] = await Promise.all([
      (await connected()).identify(going()),
      (await connected(NOW + 90 * DAY)).identify(going()),
    ]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ name: 'sample-shop', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(new URL(first.serverUrl).hostname.endsWith('.invalid')).toBe(true);
  });

  test('gives one reading a window, in order', async () => {
    const windows = hoursBefore(DAY_START, 30);
    expect((await readings(await connected(), windows)).map((reading) => reading.window)).toEqual(windows);
  });

  test('reads the same window the same way from another source of that day', async () => {
    const windows = hoursBefore(DAY_START, 5);
    const again = await readings(await connected(NOW + 3600), windows);
    expect(again).toEqual(await readings(await connected(), windows));
  });

  test('reads pods the same way on another day', async () => {
    const windows = [hourAt(DAY_START - 20 * 3600)];
    const [today] = await readings(await connected(), windows);
    const [later] = await readings(await connected(NOW + 20 * DAY), windows);
    const onOldNodes = (reading: UsageReading | undefined) =>
      reading?.pods.filter((pod) => pod.node?.endsWith('z8qv') === false);
    expect(onOldNodes(later)).toEqual(onOldNodes(today));
  });

  test('stops when it is told to', async () => {
    const connection = await connected();
    const inventory = await connection.readInventory(going());
    const stop = new AbortController();
    const seen: UsageReading[] = [];
    const read = async () => {
      for await (const reading of connection.readUsage(hoursBefore(DAY_START, 50), inventory, stop.signal)) {
        seen.push(reading);
        if (seen.length === 3) stop.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toHaveLength(3);
    await expect(connection.identify(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(connection.readInventory(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(connection.oldestUsageSeconds(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('remembers 90 days, and has nothing before', async () => {
    const connection = await connected();
    const oldest = await connection.oldestUsageSeconds(going());
    expect(oldest).toBe(DAY_START - 90 * DAY);
    const [before] = await readings(connection, [hourAt(DAY_START - 90 * DAY - 3600)]);
    expect(before).toMatchObject({ coveredSeconds: 0, nodes: [], pods: [] });
  });

  test('has nothing of the future', async () => {
    const [future, running] = await readings(await connected(), [
      hourAt(NOW + 7200 - (NOW % 3600)),
      hourAt(NOW - (NOW % 3600)),
    ]);
    expect(future).toMatchObject({ coveredSeconds: 0, pods: [] });
    expect(running?.coveredSeconds).toBe(420);
  });

  test('checks its sources, says that it is sample data, and measures no latency', async () => {
    const steps: SourceCheck[] = await collected((await connected()).check(going()));
    expect(steps[0]).toMatchObject({ source: 'kubernetes', state: 'running' });
    expect(steps.map((step) => `${step.source} ${step.state}`)).toEqual([
      'kubernetes running',
      'kubernetes passed',
      'usage passed',
      'energy passed',
      'cost not-tried',
      'grid passed',
      'hardware passed',
    ]);
    expect(
      steps
        .filter((step) => step.source === 'kubernetes' || step.source === 'usage')
        .every((step) => /sample data/i.test(step.detail)),
    ).toBe(true);
    expect(steps.every((step) => step.latencyMilliseconds === null && step.failure === null)).toBe(true);
  });

  test('closes', async () => {
    expect(await (await connected()).close()).toBeUndefined();
  });
});
