import { describe, expect, it } from 'vitest';
import type { CachedEmbodied } from '../../../src/core/ports/science-stores.ts';
import type { AuditEntry } from '../../../src/model/audit.ts';
import type { IntensityRecord } from '../../../src/model/grid.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, OTHER_CLUSTER, sampleRow, sampleWindow } from './sample-windows.ts';
import { type OpenStore, useStore } from './store-fixture.ts';

function intensity(hour: number, part: Partial<IntensityRecord> = {}): IntensityRecord {
  return {
    zone: 'FR',
    startSeconds: NEW_YEAR + hour * HOUR,
    durationSeconds: 3600,
    gramsPerKwh: 52.123456789 + Math.abs(hour),
    kind: 'average',
    factorType: 'lifecycle',
    isEstimated: false,
    isForecast: false,
    source: 'electricity-maps',
    ...part,
  };
}

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

function cached(part: Partial<CachedEmbodied> = {}): CachedEmbodied {
  return {
    provider: 'aws',
    instanceType: 'm5.large',
    kilograms: 1142.9,
    lowKilograms: 800.1,
    highKilograms: 1500.7,
    lifespanHours: 35_040,
    updatedAtSeconds: NEW_YEAR,
    expiresAtSeconds: NEW_YEAR + 30 * DAY,
    source: 'boavizta 1.3',
    ...part,
  };
}

function audited(id: string, part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    atSeconds: NEW_YEAR,
    clusterId: CLUSTER,
    cause: 'pue',
    reason: `PUE 1.2 → 1.15, and "quotes" of 'both' kinds`,
    range: day,
    windowCount: 288,
    before: { co2eGrams: 12.3, embodiedCo2eGrams: 1 / 3, totalCost: 0.1 + 0.2, joules: 1e9 },
    after: { co2eGrams: 11.8, embodiedCo2eGrams: 1 / 3, totalCost: 0.3, joules: 1e9 },
    calculationVersion: '2',
    ...part,
  };
}

/** Values of grids, remembered embodied emissions and the audit. */
export function scienceContract(name: string, open: OpenStore): void {
  describe(`${name}: values of grids`, () => {
    const fixture = useStore(open);

    it('come back as they were given, oldest first, of one zone and one kind of factor', async () => {
      const { store } = fixture.current();
      expect(await store.intensities('FR', 'lifecycle', day)).toEqual([]);
      const half = intensity(3, { startSeconds: NEW_YEAR + 3 * HOUR + 1800, durationSeconds: 1800, isEstimated: true });
      await store.putIntensities([half, intensity(2), intensity(0)]);
      await store.putIntensities([
        intensity(1, { zone: 'BE' }),
        intensity(1, { factorType: 'direct', gramsPerKwh: 0 }),
        intensity(24),
      ]);
      await store.putIntensities([]);
      expect(await store.intensities('FR', 'lifecycle', day)).toEqual([intensity(0), intensity(2), half]);
      expect(await store.intensities('FR', 'direct', day)).toMatchObject([{ gramsPerKwh: 0 }]);
      const later = { startSeconds: NEW_YEAR + HOUR, endSeconds: NEW_YEAR + 3 * HOUR };
      expect(await store.intensities('FR', 'lifecycle', later)).toEqual([intensity(2)]);
    });

    it('take the place of the one of the same time and source, whatever was known of it then', async () => {
      const { store } = fixture.current();
      await store.putIntensities([intensity(1, { isForecast: true }), intensity(1, { source: 'gb-api' })]);
      await store.putIntensities([intensity(1, { isForecast: true, gramsPerKwh: 61 })]);
      expect((await store.intensities('FR', 'lifecycle', day)).map((each) => each.gramsPerKwh)).toEqual([
        61,
        intensity(1).gramsPerKwh,
      ]);
      await store.putIntensities([intensity(1, { isEstimated: true, gramsPerKwh: 62 })]);
      const last = intensity(1, { gramsPerKwh: 63 });
      await store.putIntensities([intensity(1, { gramsPerKwh: 1 }), last]);
      expect(await store.intensities('FR', 'lifecycle', day)).toEqual([last, intensity(1, { source: 'gb-api' })]);
      await store.putIntensities([last]);
      expect(await store.intensities('FR', 'lifecycle', day)).toHaveLength(2);
    });

    it('are never displaced by a forecast of the same time', async () => {
      const { store } = fixture.current();
      const late = intensity(1, { isForecast: true, gramsPerKwh: 99 });
      await store.putIntensities([intensity(1, { isEstimated: true })]);
      await store.putIntensities([late]);
      await store.putIntensities([
        intensity(2),
        intensity(2, { isForecast: true }),
        intensity(3, { isForecast: true }),
      ]);
      expect((await store.intensities('FR', 'lifecycle', day)).map((each) => each.isForecast)).toEqual([
        false,
        false,
        true,
      ]);
    });

    it('are asked for the latest: no forecast, none that is marginal, none of later', async () => {
      const { store } = fixture.current();
      const at = NEW_YEAR + 5 * HOUR + 1799;
      expect(await store.latestIntensity('FR', 'lifecycle', at)).toBeNull();
      await store.putIntensities([
        intensity(3),
        intensity(4, { kind: 'marginal', gramsPerKwh: 700 }),
        intensity(4, { isForecast: true }),
        intensity(6),
        intensity(4, { zone: 'BE' }),
        intensity(4, { factorType: 'direct' }),
      ]);
      expect(await store.latestIntensity('FR', 'lifecycle', at)).toEqual(intensity(3));
      expect(await store.intensities('FR', 'lifecycle', day)).toHaveLength(3);
      const estimated = intensity(5, { isEstimated: true, source: 'a' });
      await store.putIntensities([estimated]);
      expect(await store.latestIntensity('FR', 'lifecycle', at)).toEqual(estimated);
      await store.putIntensities([intensity(5, { source: 'b' })]);
      expect(await store.latestIntensity('FR', 'lifecycle', at)).toEqual(intensity(5, { source: 'b' }));
      expect(await store.latestIntensity('FR', 'lifecycle', NEW_YEAR + 3 * HOUR)).toEqual(intensity(3));
      expect(await store.latestIntensity('FR', 'lifecycle', NEW_YEAR + 3 * HOUR - 1)).toBeNull();
    });

    it('are kept for 400 days, forecasts for 7', async () => {
      const { store } = fixture.current();
      const back = (days: number, part: Partial<IntensityRecord> = {}) => intensity(-24 * days, part);
      const kept = [back(399), back(6, { isForecast: true, source: 'b' }), back(8)];
      await store.putIntensities([back(401), back(8, { isForecast: true, source: 'b' }), ...kept]);
      await store.maintain(DEFAULT_RETENTION, NEW_YEAR);
      const all = { startSeconds: NEW_YEAR - 500 * DAY, endSeconds: NEW_YEAR };
      expect(await store.intensities('FR', 'lifecycle', all)).toEqual([kept[0], kept[2], kept[1]]);
    });

    it('are put by many hundreds at once, from several doors', async () => {
      const { store, openAnother } = fixture.current();
      const other = await openAnother();
      const many = Array.from({ length: 700 }, (_, hour) => intensity(hour, { isForecast: hour > 600 }));
      await Promise.all([store.putIntensities(many), other.putIntensities(many)]);
      await other.close();
      const all = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 800 * HOUR };
      expect(await store.intensities('FR', 'lifecycle', all)).toEqual(many);
    });
  });

  describe(`${name}: remembered embodied emissions`, () => {
    const fixture = useStore(open);

    it('come back by provider and type, known or not, with when they run out', async () => {
      const { store } = fixture.current();
      expect(await store.cachedEmbodied('aws', 'm5.large')).toBeNull();
      const none = { kilograms: null, lowKilograms: null, highKilograms: null, lifespanHours: null };
      const unknown = cached({ instanceType: 'x9.huge', ...none, expiresAtSeconds: NEW_YEAR - DAY });
      await store.putEmbodied(cached());
      await store.putEmbodied(unknown);
      expect(await store.cachedEmbodied('aws', 'm5.large')).toEqual(cached());
      // It ran out long ago, and who asks decides what that means.
      expect(await store.cachedEmbodied('aws', 'x9.huge')).toEqual(unknown);
      expect(await store.cachedEmbodied('gcp', 'm5.large')).toBeNull();
    });

    it('take the place of the answer before', async () => {
      const { store } = fixture.current();
      await store.putEmbodied(cached());
      const newer = cached({ kilograms: null, lowKilograms: null, highKilograms: null, source: 'boavizta 2.0' });
      await store.putEmbodied(newer);
      expect(await store.cachedEmbodied('aws', 'm5.large')).toEqual(newer);
    });
  });

  describe(`${name}: audit`, () => {
    const fixture = useStore(open);

    it('comes back newest first, of one cluster or of all, as many as asked for', async () => {
      const { store } = fixture.current();
      expect(await store.listAudit(null, 10)).toEqual([]);
      const first = audited('a');
      const last = audited('b', { atSeconds: NEW_YEAR + 20, cause: 'person', reason: '' });
      const other = audited('c', { atSeconds: NEW_YEAR + 10, clusterId: OTHER_CLUSTER });
      const same = audited('0', { atSeconds: NEW_YEAR + 10 });
      for (const entry of [first, last, other, same]) await store.addAudit(entry);
      expect(await store.listAudit(null, 10)).toEqual([last, same, other, first]);
      expect(await store.listAudit(CLUSTER, 10)).toEqual([last, same, first]);
      expect(await store.listAudit(CLUSTER, 2)).toEqual([last, same]);
      expect(await store.listAudit('nobody', 10)).toEqual([]);
    });

    it('is only added to: the same again changes nothing, and it outlives its cluster', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
      await store.addAudit(audited('a'));
      await store.addAudit(audited('a', { reason: 'other words' }));
      await store.maintain(DEFAULT_RETENTION, NEW_YEAR + 5000 * DAY);
      await store.deleteCluster(CLUSTER);
      expect(await store.listAudit(CLUSTER, 10)).toEqual([audited('a')]);
    });
  });
}
