import { describe, expect, it } from 'vitest';
import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import { readEdgePods } from '../../../../src/collectors/prometheus/edge-pods.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { placeOf } from '../../../../src/collectors/prometheus/pod-columns.ts';
import { createQueryClient } from '../../../../src/collectors/prometheus/query-client.ts';
import { FIRST_FORM } from '../../../../src/collectors/prometheus/usage-queries.ts';
import type { Window } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { fakeTransport, matrix, NO_SIGNAL, series } from './fake-client.ts';
import { names, timesEvery30 } from './piece-answers.ts';

const WINDOW: Window = { startSeconds: 3600, durationSeconds: 3600 };
const POD = { namespace: 'shop', pod: 'web', node: 'a', container: 'app' };

async function read(
  cpu: readonly Series[],
  options: {
    starts?: readonly Series[];
    pods?: readonly string[];
    finished?: number;
    now?: number;
    scraped?: readonly [number, number];
  } = {},
) {
  const transport = fakeTransport(({ parameters }) =>
    matrix(...(String(parameters.query).includes('container_start_time') ? (options.starts ?? []) : cpu)),
  );
  const client = createQueryClient({ transport, headers: {} });
  const found = await readEdgePods(
    {
      client,
      select: createSelect([]),
      clock: { nowSeconds: () => options.now ?? 99_999 },
      inventory: EMPTY_INVENTORY,
      signal: NO_SIGNAL,
    },
    {
      window: WINDOW,
      places: (options.pods ?? ['web']).map((name) => ({ namespace: 'shop', name, node: 'a' })),
      form: FIRST_FORM,
      times: timesEvery30({ a: options.scraped ?? [3300, 7500] }),
      placeOf: (labels) => placeOf(labels, 7200, names, () => null),
      finishedAtSeconds: () => options.finished ?? null,
    },
  );
  return { found, transport };
}

describe('readEdgePods', () => {
  it('adds the containers of a pod, each from its own start', async () => {
    const { found } = await read(
      [
        series({ ...POD, id: '/1' }, [5010, 5], [5040, 20]),
        series({ ...POD, container: 'log', id: '/2' }, [5010, 1], [5040, 4]),
      ],
      {
        starts: [
          series({ ...POD, id: '/1' }, [7200, 5000]),
          series({ ...POD, container: 'log', id: '/2' }, [7200, 5000]),
        ],
        finished: 5050,
      },
    );
    expect(found.get('shop/web@a')).toMatchObject({
      beginsHere: true,
      endsHere: true,
      isSingleSample: false,
      firstSampleSeconds: 5010,
      lastSampleSeconds: 5040,
    });
    expect(found.get('shop/web@a')?.cpuSeconds).toBeCloseTo(25 + 5, 6);
  });

  it('counts all of a container that began inside a hole, and only a part of one that began before', async () => {
    const cpu = [series({ ...POD, id: '/1' }, [5010, 500], [5040, 510], [7500, 1330])];
    const gain = async (start: number) => {
      const starts = [series({ ...POD, id: '/1' }, [7200, start])];
      return (await read(cpu, { starts, scraped: [5010, 7500] })).found.get('shop/web@a')?.cpuSeconds ?? 0;
    };
    expect(await gain(4000)).toBeCloseTo(510 + (820 * 2160) / 2460, 6);
    expect(await gain(100)).toBeCloseTo(510 + (820 * 2160) / 2460 - (500 - ((1330 - 500) / 2490) * 1410), 6);
  });

  it('takes the larger of two targets', async () => {
    const { found } = await read([series({ ...POD, job: 'x' }, [5010, 5]), series({ ...POD, job: 'y' }, [5010, 6])], {
      finished: 5010,
    });
    expect(found.get('shop/web@a')).toMatchObject({ cpuSeconds: 6, isSingleSample: true });
  });

  it('leaves out other pods, and pods without a sample in the window', async () => {
    const { found } = await read([series({ ...POD, namespace: 'other' }, [5010, 5]), series(POD, [3400, 5])]);
    expect(found.size).toBe(0);
  });

  it('asks for the margin around the window, but not for the future', async () => {
    const { transport } = await read([], { now: 7290 });
    expect(transport.requests[0]?.parameters).toMatchObject({ time: '7290' });
    expect(String(transport.requests[0]?.parameters.query)).toContain('[3990s]');
  });

  it('asks for at most 100 pods at once', async () => {
    const { transport } = await read([], { pods: Array.from({ length: 250 }, (_, index) => `p-${index}`) });
    expect(transport.requests).toHaveLength(6);
  });
});
