import { describe, expect, it } from 'vitest';
import { energySeries, findEnergySeries, namesThere } from '../../../../src/collectors/prometheus/energy-series.ts';
import { createSelect, parseExtraMatchers } from '../../../../src/collectors/prometheus/matchers.ts';
import { createQueryClient } from '../../../../src/collectors/prometheus/query-client.ts';
import { windowsIn } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { fakeTransport, matrix, NO_SIGNAL, series } from './fake-client.ts';

const of = (...names: readonly string[]) => energySeries(new Map(names.map((name) => [name, 3])));

describe('energySeries', () => {
  it.each([
    ['kepler_node_cpu_active_joules_total', { current: true, legacy: false }],
    ['kepler_node_package_joules_total', { current: false, legacy: true }],
    ['kepler_node_platform_joules_total', { current: false, legacy: true }],
    ['kube_pod_info', { current: false, legacy: false }],
  ])('tells the generation of Kepler by %s', (name, kepler) => {
    expect(of(name).kepler).toEqual(kepler);
  });

  it.each(['DCGM_FI_DEV_POWER_USAGE', 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION', 'DCGM_FI_DEV_GPU_UTIL'])(
    'knows DCGM by %s',
    (name) => {
      expect(of(name)).toMatchObject({ dcgm: true, keplerGpu: false });
    },
  );

  it('knows cards of Kepler, and claims with their number', () => {
    expect(of('kepler_node_gpu_watts')).toMatchObject({ dcgm: false, keplerGpu: true, claims: false, claimCount: 0 });
    expect(of('kube_persistentvolumeclaim_info')).toMatchObject({ claims: true, claimCount: 3 });
  });
});

describe('findEnergySeries', () => {
  it('asks one question for all of the windows, with the matchers of the person', async () => {
    const transport = fakeTransport(() =>
      matrix(
        series({ name: 'kepler_node_cpu_active_joules_total' }, [3600, 4]),
        series({ name: 'kube_persistentvolumeclaim_info' }, [3600, 7], [3900, 9]),
      ),
    );
    const select = createSelect(parseExtraMatchers('cluster="prod"'));
    const context = {
      client: createQueryClient({ transport, headers: {} }),
      select,
      clock: { nowSeconds: () => 7200 },
      inventory: EMPTY_INVENTORY,
      signal: NO_SIGNAL,
    };
    const found = await findEnergySeries(context, windowsIn({ startSeconds: 0, endSeconds: 7200 }, 3600));
    expect(found).toMatchObject({ kepler: { current: true, legacy: false }, dcgm: false, claimCount: 9 });
    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]?.parameters).toMatchObject({ start: '0', end: '7200', step: '300' });
    expect(transport.requests[0]?.parameters.query).toBe(namesThere(select));
    const selectors = namesThere(select).match(/count\((\w+)\{cluster="prod"\}\),"name","\1"/g);
    expect(selectors).toHaveLength(namesThere(select).split(' or ').length);
  });
});
