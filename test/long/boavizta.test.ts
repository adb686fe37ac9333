import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BoaviztaDesk } from '../../src/backend/coefficients/boavizta-desk.ts';
import { openBoavizta } from '../../src/backend/coefficients/open-boavizta.ts';
import { SILENT_LOG } from '../../src/backend/log.ts';
import { REAL_TIMERS } from '../../src/backend/scheduler/timers.ts';
import { createTableCoefficients, loadCoefficientTables } from '../../src/collectors/tables/index.ts';
import type { CoefficientSources } from '../../src/core/ports/coefficient-sources.ts';
import type { CachedEmbodied } from '../../src/core/ports/science-stores.ts';
import type { Provider } from '../../src/model/cluster.ts';
import type { NodeDescription } from '../../src/model/inventory.ts';
import { FakeCluster } from '../fakes/backend/fake-cluster.ts';
import { type RunningBoavizta, startBoavizta } from '../services/boavizta.ts';
import { needs } from '../setup/programs.ts';

const [NODE] = new FakeCluster().nodes as [NodeDescription];

/** Types as Kubernetes names them, with what version 2.5.0 says of the whole life of each, in kg. */
const TYPES: readonly (readonly [Provider, string, number])[] = [
  ['aws', 'm5.large', 24],
  ['aws', 'm5.xlarge', 48],
  ['gcp', 'n2-standard-2', 20],
  ['gcp', 'e2-standard-2', 28],
  ['azure', 'Standard_D2s_v3', 24],
  ['ovh', 'b2-7', 69],
  ['ovh', 'b3-8', 23],
  ['scaleway', 'DEV1-S', 19],
  ['scaleway', 'GP1-XS', 43],
];

describe.runIf(needs('python-venv'))('the real Boavizta', () => {
  let service: RunningBoavizta;
  let tables: CoefficientSources;
  const stored = new Map<string, CachedEmbodied>();
  beforeAll(async () => {
    service = await startBoavizta();
    tables = createTableCoefficients(await loadCoefficientTables('resources/data'), {
      pue: null,
      zone: null,
      defaultIntensityGramsPerKwh: null,
      prices: null,
      contract: null,
      factorType: 'lifecycle',
      zoneRules: [],
    });
  });
  afterAll(() => service?.stop());

  const nodeOf = (provider: Provider, instanceType: string): NodeDescription => ({ ...NODE, provider, instanceType });
  function open(url = service.url) {
    const desk = new BoaviztaDesk({
      settings: { boaviztaUrl: () => url, isOffline: () => false },
      cache: {
        cachedEmbodied: async (provider, type) => stored.get(`${provider}/${type}`) ?? null,
        putEmbodied: async (entry) => void stored.set(`${entry.provider}/${entry.instanceType}`, entry),
      },
      clock: { nowSeconds: () => Date.UTC(2026, 2, 11) / 1000 },
      // Nobody is in a hurry here: the real wait would end before a busy machine answers.
      timers: { ...REAL_TIMERS, wait: () => new Promise(() => undefined) },
      log: SILENT_LOG,
      random: () => 0,
      open: (address) => openBoavizta(address, {}, () => false),
    });
    return { desk, source: desk.over(tables.embodied) };
  }

  test.each(TYPES)(
    'knows %s %s: %d kg over its whole life, within its own range',
    async (provider, type, kilograms) => {
      const { desk, source } = open();
      const node = nodeOf(provider, type);
      const table = await tables.embodied.embodiedFor(node);
      const value = await source.embodiedFor(node);
      await desk.close();
      process.stdout.write(
        `${provider} ${type}: ${value.kilograms} kg x ${value.factor.low.toFixed(2)}-${value.factor.high.toFixed(2)}, table ${table.kilograms.toFixed(1)} kg\n`,
      );
      expect(value).toMatchObject({ source: 'boavizta', kilograms, lifespanHours: table.lifespanHours });
      expect(value.factor.low).toBeGreaterThan(0.4);
      expect(value.factor.low).toBeLessThan(1);
      expect(value.factor.high).toBeGreaterThan(1);
      expect(value.factor.high).toBeLessThan(2);
      expect(value.flags).toBeUndefined();
    },
  );

  test('warns of a type that it only found by likeness, and does not know one that is unlike all', async () => {
    const { desk, source } = open();
    const alike = await source.embodiedFor(nodeOf('aws', 'm5.largee'));
    expect(alike.flags).toEqual([expect.stringContaining('fuzzy match')]);
    expect((await source.embodiedFor(nodeOf('aws', 'no-such-type-at-all'))).source).not.toBe('boavizta');
    expect(stored.get('aws/no-such-type-at-all')).toMatchObject({ kilograms: null });
    expect(desk.state()).toMatchObject({ state: 'working', message: null });
    await desk.close();
  });

  test('answers for hours where it is asked with a duration: Podwatt asks without one', async () => {
    const asked = await fetch(`${service.url}/v1/cloud/instance?verbose=false&criteria=gwp&duration=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'aws', instance_type: 'm5.large' }),
    });
    const hour = (await asked.json()) as { impacts: { gwp: { embedded: { value: number } } } };
    expect(hour.impacts.gwp.embedded.value).toBeCloseTo(0.00046, 5);
  });
});
