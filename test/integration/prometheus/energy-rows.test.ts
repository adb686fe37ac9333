import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultOf } from '../../../src/backend/pipeline/compute-result.ts';
import { CoefficientCache } from '../../../src/backend/pipeline/node-coefficients.ts';
import { createPrometheusUsage } from '../../../src/collectors/prometheus/prometheus-usage.ts';
import { createTableCoefficients, loadCoefficientTables } from '../../../src/collectors/tables/index.ts';
import type { CoefficientOverrides } from '../../../src/core/ports/coefficient-sources.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import { windowsIn } from '../../../src/model/time.ts';
import {
  ENERGY_START,
  energyInventory,
  energyScrapes,
  GIB,
  HOUR,
  WATTS,
} from '../../fixtures/prometheus/energy-cluster.ts';
import { fetchTransport } from '../../services/fetch-transport.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';

const NO_OVERRIDES: CoefficientOverrides = {
  pue: null,
  zone: null,
  defaultIntensityGramsPerKwh: null,
  prices: null,
  contract: null,
  factorType: 'lifecycle',
  zoneRules: [],
};
const signal = new AbortController().signal;
const TABLES = resolve(import.meta.dirname, '../../../resources/data');
/** Joules at the plug for each of a package and of a platform. METHODOLOGY 1.8. */
const WALL = { package: 1.3, platform: 1.05 } as const;

describe.runIf(needs('prometheus') && needs('promtool'))('rows of a cluster with every rung of measured energy', () => {
  let server: RunningPrometheus;
  let metered: WindowResult;
  let modelled: WindowResult;

  const compute = async (extraMatchers: string | null): Promise<WindowResult> => {
    const clock = { nowSeconds: () => ENERGY_START + 2 * HOUR };
    const usage = createPrometheusUsage({
      transport: fetchTransport(server.url),
      extraMatchers,
      tenantHeader: null,
      clock,
    });
    const inventory = energyInventory();
    const cache = new CoefficientCache(createTableCoefficients(await loadCoefficientTables(TABLES), NO_OVERRIDES), 'c');
    const windows = windowsIn({ startSeconds: ENERGY_START, endSeconds: ENERGY_START + HOUR }, 3600);
    for await (const reading of usage.readUsage(windows, inventory, signal)) {
      return resultOf('c', reading, inventory, cache, clock.nowSeconds());
    }
    throw new Error('no reading');
  };

  beforeAll(async () => {
    server = await startPrometheus({ openMetrics: energyScrapes() });
    metered = await compute(null);
    // The same hour as if nothing but cAdvisor and kube-state-metrics were scraped.
    modelled = await compute('job=~"kubelet|kube-state-metrics"');
  });
  afterAll(async () => {
    await server?.stop();
  });

  const rowsOf = (result: WindowResult, node: string): readonly ResultRow[] =>
    result.rows.filter((row) => row.node === node && row.rowKind !== 'volume');
  const joulesOf = (rows: readonly ResultRow[]): number => rows.reduce((sum, row) => sum + row.joules, 0);

  it('says of each row by what it was measured', () => {
    const sources = (result: WindowResult) =>
      Object.fromEntries(
        result.nodeWindows.map(({ node }) => [
          node,
          [...new Set(rowsOf(result, node).map((row) => row.sources.power))].join(),
        ]),
      );
    const curve = sources(modelled)['only-cadvisor'];
    expect(curve).not.toMatch(/measured|meter/);
    expect(sources(metered)).toEqual({
      'metal-new': 'measured',
      'metal-psys': 'measured',
      'metal-old': 'measured',
      'vm-modelled': 'meter-model',
      'half-covered': curve,
      zero: curve,
      'only-cadvisor': curve,
      silent: curve,
    });
    expect(new Set(Object.values(sources(modelled)))).toEqual(new Set([curve]));
  });

  it('gives each metered node what its meter counted, at the plug, and the others what their curve says', () => {
    const { metalNew, metalPsys, metalOld, vmModelled } = WATTS;
    const expected = {
      'metal-new':
        WALL.package * (metalNew.packageActive + metalNew.packageIdle + metalNew.dramActive + metalNew.dramIdle) +
        WATTS.keplerCard,
      'metal-psys': WALL.platform * (metalPsys.active + metalPsys.idle) + WATTS.card0 + 41,
      'metal-old':
        WALL.package * (metalOld.packageActive + metalOld.packageIdle + metalOld.dramActive + metalOld.dramIdle),
      'vm-modelled': WALL.package * (vmModelled.active + vmModelled.idle),
    };
    let difference = 0;
    for (const [node, watts] of Object.entries(expected)) {
      near(joulesOf(rowsOf(metered, node)), watts * HOUR, 0.005);
      difference += watts * HOUR - joulesOf(rowsOf(modelled, node));
    }
    for (const node of ['half-covered', 'zero', 'only-cadvisor', 'silent']) {
      expect(joulesOf(rowsOf(metered, node))).toBeCloseTo(joulesOf(rowsOf(modelled, node)), 6);
      expect(joulesOf(rowsOf(metered, node))).toBeGreaterThan(0);
    }
    near(joulesOf(metered.rows) - joulesOf(modelled.rows), difference, 0.005);
  });

  it('gives pods what the meter counted for them, cards to who held them, and free cards to nobody', () => {
    const podRow = (name: string) => metered.rows.find((row) => row.podName === name && row.namespace === 'shop');
    near(podRow('web')?.joulesDynamic, WALL.package * WATTS.metalNew.web * HOUR, 0.01);
    near(podRow('api')?.joulesDynamic, WALL.package * WATTS.metalOld.api * HOUR, 0.005);
    near(podRow('train')?.joulesDynamic, WALL.platform * WATTS.metalPsys.train * HOUR, 0.005);
    near(podRow('train')?.joulesGpu, WATTS.card0 * HOUR, 0.005);
    const free = rowsOf(metered, 'metal-psys').find((row) => row.namespace === '__unallocated__');
    near(free?.joulesGpu, 41 * HOUR, 0.005);
  });

  it('has a row for the claim of that hour', () => {
    const rows = metered.rows.filter((row) => row.joulesStorage > 0);
    expect(rows).toHaveLength(1);
    const terabytes = (100 * GIB) / 1e12;
    // An SSD takes 1.2 W a TB for each copy that the provider keeps (METHODOLOGY 1.4).
    const copies = (rows[0]?.joules ?? 0) / (terabytes * 1.2 * HOUR);
    expect(copies).toBeCloseTo(Math.round(copies), 6);
    expect(rows[0]).toMatchObject({ rowKind: 'volume', podName: 'pvc/shop/data-db-0', storageUsageBytes: 30 * GIB });
  });
});

function near(value: number | null | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((value ?? Number.NaN) - expected) / expected, `${value} instead of ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}
