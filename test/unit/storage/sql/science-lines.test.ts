import { describe, expect, it } from 'vitest';
import type { CachedEmbodied } from '../../../../src/core/ports/science-stores.ts';
import type { AuditEntry } from '../../../../src/model/audit.ts';
import type { IntensityRecord } from '../../../../src/model/grid.ts';
import { AUDIT_COLUMNS, auditEntryOf, auditLine } from '../../../../src/storage/sql/audit-line.ts';
import { cachedEmbodiedOf, EMBODIED_COLUMNS, embodiedLine } from '../../../../src/storage/sql/embodied-line.ts';
import { isoOf, secondsOf } from '../../../../src/storage/sql/instants.ts';
import {
  INTENSITY_COLUMNS,
  intensityLine,
  intensityOf,
  lastOfEach,
} from '../../../../src/storage/sql/intensity-line.ts';
import { CURRENT_COEFFICIENT_TABLES } from '../../../../src/storage/sql/schema/science-tables.ts';
import { storedWindowOf } from '../../../../src/storage/sql/stored-window.ts';
import { bindable } from '../../../../src/storage/sqlite/bindable.ts';
import { NEW_YEAR, sampleNodeWindow, sampleRow, sampleWindow } from '../../../contract/storage/sample-windows.ts';

const record: IntensityRecord = {
  zone: 'FR',
  startSeconds: NEW_YEAR,
  durationSeconds: 1800,
  gramsPerKwh: 1 / 3,
  kind: 'average',
  factorType: 'direct',
  isEstimated: true,
  isForecast: false,
  source: 'gb-carbon-intensity',
};
const cached: CachedEmbodied = {
  provider: 'aws',
  instanceType: 'm5.large',
  kilograms: null,
  lowKilograms: null,
  highKilograms: null,
  lifespanHours: null,
  updatedAtSeconds: NEW_YEAR,
  expiresAtSeconds: NEW_YEAR + 86_400,
  source: 'boavizta',
};
const entry: AuditEntry = {
  id: 'a',
  atSeconds: NEW_YEAR,
  clusterId: 'c',
  cause: 'zone',
  reason: 'DE → FR',
  range: { startSeconds: NEW_YEAR - 3600, endSeconds: NEW_YEAR },
  windowCount: 12,
  before: { co2eGrams: 1, embodiedCo2eGrams: 2, totalCost: 3, joules: 4 },
  after: { co2eGrams: 5, embodiedCo2eGrams: 6, totalCost: 7, joules: 8 },
  calculationVersion: '2',
};

describe('lines of the science tables', () => {
  it('come back as what they were', () => {
    expect(intensityOf(intensityLine(record))).toEqual(record);
    expect(cachedEmbodiedOf(embodiedLine(cached))).toEqual(cached);
    expect(auditEntryOf(auditLine(entry))).toEqual(entry);
  });

  it('have the columns of their tables', () => {
    const columnsOf = (name: string) =>
      CURRENT_COEFFICIENT_TABLES.find((table) => table.name === name)?.columns.map((column) => column.name);
    expect([...INTENSITY_COLUMNS].sort()).toEqual(columnsOf('carbon_intensity')?.sort());
    expect([...EMBODIED_COLUMNS].sort()).toEqual(columnsOf('embodied_cache')?.sort());
    expect([...AUDIT_COLUMNS]).toEqual(columnsOf('audit'));
    expect(Object.keys(auditLine(entry))).toEqual([...AUDIT_COLUMNS]);
  });

  it('are read as SQLite gives them, and as they were before columns were added', () => {
    const { duration_seconds: _, ...old } = intensityLine(record);
    expect(intensityOf({ ...old, is_estimated: 1, is_forecast: 0 })).toEqual({ ...record, durationSeconds: 3600 });
    const { gwp_manufacture_low: _low, gwp_manufacture_high: _high, ...oldCached } = embodiedLine(cached);
    // Without an expiry it has run out.
    expect(cachedEmbodiedOf({ ...oldCached, expires_at: null })).toEqual({ ...cached, expiresAtSeconds: NEW_YEAR });
  });

  it('are bound in the order of columns, yes and no as 1 and 0', () => {
    expect(bindable(intensityLine(record), ['is_forecast', 'zone', 'is_estimated', 'intensity'])).toEqual([
      0,
      'FR',
      1,
      1 / 3,
    ]);
  });

  it('refuse what no line of ours says', () => {
    expect(() => intensityOf({ ...intensityLine(record), kind: 'wished for' })).toThrow();
    expect(() => auditEntryOf({ ...auditLine(entry), cause: 'whim' })).toThrow();
    expect(() => cachedEmbodiedOf({ ...embodiedLine(cached), last_updated: 'yesterday' })).toThrow(RangeError);
  });
});

describe('lastOfEach', () => {
  const at = (gramsPerKwh: number, part: Partial<IntensityRecord> = {}) => ({ ...record, gramsPerKwh, ...part });

  it('keeps the last value of a key, and no forecast in the place of a value', () => {
    expect(lastOfEach([at(1), at(2)])).toEqual([at(2)]);
    expect(lastOfEach([at(1), at(2, { isForecast: true })])).toEqual([at(1)]);
    expect(lastOfEach([at(1, { isForecast: true }), at(2)])).toEqual([at(2)]);
    expect(lastOfEach([at(1, { isForecast: true }), at(2, { isForecast: true })])).toEqual([
      at(2, { isForecast: true }),
    ]);
  });

  it('keeps apart what differs in any part of the key', () => {
    const others = [
      { zone: 'BE' },
      { startSeconds: 0 },
      { kind: 'marginal' },
      { factorType: 'lifecycle' },
      { source: 'x' },
    ];
    const all = [at(1), ...others.map((part) => at(1, part as Partial<IntensityRecord>))];
    expect(lastOfEach(all)).toHaveLength(6);
  });
});

describe('instants', () => {
  it('are whole seconds', () => {
    expect(isoOf(NEW_YEAR + 0.9)).toBe('2026-01-01T00:00:00Z');
    expect(secondsOf('2026-01-01T00:00:01Z')).toBe(NEW_YEAR + 1);
    expect(() => secondsOf('no')).toThrow(RangeError);
  });
});

describe('storedWindowOf', () => {
  const window = sampleWindow(NEW_YEAR, [sampleRow()], { nodeWindows: [sampleNodeWindow()] });
  const place = { startSeconds: NEW_YEAR, durationSeconds: 300 };
  const found = {
    ...window,
    rows: window.rows.map((row) => ({ ...row, ...place })),
    nodeWindows: window.nodeWindows.map((row) => ({ ...row, ...place })),
  };

  it('is the window as it was written', () => {
    expect(storedWindowOf(found)).toEqual(window);
  });

  it('is nothing without data, or where rows are missing', () => {
    expect(storedWindowOf({ ...found, rows: [] })).toBeNull();
    expect(storedWindowOf({ ...found, entry: { ...found.entry, state: 'no-data' } })).toBeNull();
  });
});
