import { describe, expect, test } from 'vitest';
import { FromBackend, ToBackend } from '../../../../src/contract/desktop-messages.ts';
import { ErrorData } from '../../../../src/contract/errors.ts';
import { ChangeEvent } from '../../../../src/contract/schemas/events.ts';
import { EnergyParts, Figures, QualityShares, UsageFigures } from '../../../../src/contract/schemas/figures.ts';
import {
  Breakdown,
  MetricRow,
  Summary,
  Timeseries,
  TimeseriesPoint,
} from '../../../../src/contract/schemas/metrics.ts';
import { ExportChunk, ReportRow } from '../../../../src/contract/schemas/reports.ts';
import { Settings, SettingsInput } from '../../../../src/contract/schemas/settings.ts';
import { Config, Health } from '../../../../src/contract/schemas/system.ts';
import { answers } from '../../../fakes/router/answers.ts';
import { refusedFields } from '../refusals.ts';

const figures = Object.fromEntries(Object.keys(Figures.shape).map((field) => [field, 0]));
const parts = Object.fromEntries(Object.keys(EnergyParts.shape).map((field) => [field, 0]));
const quality = { measured: 0, modelled: 1, default: 0 };

describe('figures', () => {
  test.each(Object.keys(Figures.shape))('%s is a number that is not negative, and never missing', (field) => {
    expect(refusedFields(Figures, figures)).toEqual([]);
    for (const bad of [-1, '1', null, Number.NaN, Number.POSITIVE_INFINITY, undefined]) {
      expect([bad, refusedFields(Figures, { ...figures, [field]: bad })]).toEqual([bad, [field]]);
    }
  });

  test('pods are counted whole', () => {
    expect(refusedFields(Figures, { ...figures, pod_count: 1.5 })).toEqual(['pod_count']);
    expect(refusedFields(Figures, { ...figures, co2e_grams: 1.5 })).toEqual([]);
  });

  test('shares lie between none and all', () => {
    for (const field of Object.keys(QualityShares.shape)) {
      expect(refusedFields(QualityShares, { ...quality, [field]: 1.000_001 })).toEqual([field]);
      expect(refusedFields(QualityShares, { ...quality, [field]: -0.000_001 })).toEqual([field]);
    }
  });

  test('use and parts are amounts', () => {
    const usage = Object.fromEntries(Object.keys(UsageFigures.shape).map((field) => [field, 0.5]));
    expect(refusedFields(UsageFigures, usage)).toEqual([]);
    expect(refusedFields(UsageFigures, { ...usage, cpu_usage_millicores: -0.5 })).toEqual(['cpu_usage_millicores']);
    expect(refusedFields(EnergyParts, { ...parts, idle_joules: -1 })).toEqual(['idle_joules']);
  });
});

describe('the fields that clients of the REST interface rely on', () => {
  test.each([
    [
      'summary',
      Summary,
      [
        'total_co2e_grams',
        'total_cost',
        'total_energy_joules',
        'total_pods',
        'period',
        'total_embodied_co2e_grams',
        'total_co2e_all_scopes',
        'total_co2e_low_grams',
        'total_co2e_high_grams',
        'coverage',
        'previous',
      ],
    ],
    ['a point in time', TimeseriesPoint, ['timestamp', 'co2e_grams', 'total_cost', 'energy_joules', 'pod_count']],
    ['time series', Timeseries, ['timeseries', 'period', 'granularity']],
    ['breakdown', Breakdown, ['items', 'total']],
    [
      'config',
      Config,
      [
        'db_type',
        'cloud_provider',
        'default_zone',
        'default_intensity',
        'prometheus_url',
        'api_port',
        'normalization_granularity',
      ],
    ],
    ['health', Health, ['status', 'version', 'sources']],
  ] as const)('%s', (_name, schema, fields) => {
    const shape: Record<string, unknown> = schema.shape;
    for (const field of fields) expect([field, field in shape]).toEqual([field, true]);
  });

  test('a summary may have no period before, but coverage stays a share', () => {
    const summary = answers.metrics.summary;
    expect(refusedFields(Summary, { ...summary, previous: null })).toEqual([]);
    expect(refusedFields(Summary, { ...summary, coverage: 1.01 })).toEqual(['coverage']);
    expect(refusedFields(Summary, { ...summary, mean_pue: null, mean_grid_intensity: null })).toEqual([]);
    expect(refusedFields(Summary, { ...summary, currency: undefined })).toEqual(['currency']);
  });

  test('a group is named only where there is one', () => {
    const point = { ...figures, timestamp: '2026-03-11T10:00:00Z', parts, quality };
    expect(refusedFields(TimeseriesPoint, point)).toEqual([]);
    expect(refusedFields(TimeseriesPoint, { ...point, group: '__other__', other_count: 3 })).toEqual([]);
    expect(refusedFields(TimeseriesPoint, { ...point, other_count: -1 })).toEqual(['other_count']);
    expect(refusedFields(TimeseriesPoint, { ...point, timestamp: '2026-03-11' })).toEqual(['timestamp']);
  });

  test('a row is of a known kind and keeps its reasons as a list', () => {
    const kinds = MetricRow.shape.row_kind;
    expect(['pod', 'system', 'unallocated', 'volume'].every((kind) => kinds.safeParse(kind).success)).toBe(true);
    expect(kinds.safeParse('storage').success).toBe(false);
    expect(MetricRow.shape.estimation_reasons.safeParse('usage-missing').success).toBe(false);
    expect(MetricRow.shape.is_estimated.safeParse(1).success).toBe(false);
  });
});

describe('config', () => {
  const config = {
    db_type: 'sqlite',
    cloud_provider: 'mixed',
    default_zone: null,
    default_intensity: 475,
    prometheus_url: null,
    api_port: null,
    normalization_granularity: 'hour',
    currency: 'USD',
    calculation_version: '1',
  };

  test('names stores of the interface only, and hours as the grain', () => {
    for (const db_type of ['sqlite', 'postgres', 'elasticsearch'])
      expect(refusedFields(Config, { ...config, db_type })).toEqual([]);
    expect(refusedFields(Config, { ...config, db_type: 'mysql' })).toEqual(['db_type']);
    expect(refusedFields(Config, { ...config, normalization_granularity: 'day' })).toEqual([
      'normalization_granularity',
    ]);
  });

  test('drops what it has no field for, secrets too', () => {
    expect(Config.parse({ ...config, token: 'hunter2' })).toEqual(config);
  });
});

describe('settings', () => {
  test('a change may touch one of them', () => {
    expect(SettingsInput.parse({})).toEqual({});
    expect(SettingsInput.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(refusedFields(Settings, { theme: 'dark' })).toEqual([
      'time_zone',
      'default_zone',
      'default_intensity',
      'label_keys',
    ]);
  });

  test.each([
    ['theme', ['system', 'light', 'dark'], ['pink', null]],
    ['default_intensity', [0.001, 475, null], [0, -1, '475']],
    ['default_zone', ['FR', null], [1]],
  ] as const)('%s has its bounds', (field, good, bad) => {
    for (const value of good) expect(SettingsInput.parse({ [field]: value })).toEqual({ [field]: value });
    for (const value of bad)
      expect([value, refusedFields(SettingsInput, { [field]: value })]).toEqual([value, [field]]);
  });
});

describe('labels that name owners', () => {
  const input = (...team: unknown[]) => ({ label_keys: { team, cost_center: ['costCenter'] } });

  test('are keys as Kubernetes takes them', () => {
    const good = input('team', 'example.com/team_of-1', 'a.b-c/D.e');
    expect(SettingsInput.parse(good)).toEqual(good);
  });

  test.each([['a b'], ['-x'], ['x/'], ['Example.com/x'], ['a/b/c'], ['x'.repeat(64)], [5]])('%j is none', (key) => {
    expect(refusedFields(SettingsInput, input(key))).toEqual(['label_keys.team.0']);
  });

  test('are one at least and ten at most', () => {
    expect(refusedFields(SettingsInput, input())).toEqual(['label_keys.team']);
    expect(refusedFields(SettingsInput, input(...Array(11).fill('a')))).toEqual(['label_keys.team']);
  });
});

describe('messages of several kinds', () => {
  test.each([
    [{ kind: 'hello', version: '1.0.0' }],
    [{ kind: 'contexts' }],
    [{ kind: 'clusters', cluster_id: 'c1' }],
    [{ kind: 'windows', cluster_id: 'c1', start: 'a', end: 'b' }],
  ])('a change %j', (event) => {
    expect(ChangeEvent.parse(event)).toEqual(event);
  });

  test.each([
    [{ kind: 'hello' }, ['version']],
    [{ kind: 'clusters' }, ['cluster_id']],
    [{ kind: 'windows', cluster_id: 'c1' }, ['start', 'end']],
    [{ kind: 'weather' }, ['kind']],
    [{}, ['kind']],
  ])('a change %j lacks %j', (event, fields) => {
    expect(refusedFields(ChangeEvent, event)).toEqual(fields);
  });

  test('an export gives a file or a piece of text', () => {
    expect(refusedFields(ExportChunk, { kind: 'file', file_name: 'a.csv' })).toEqual(['content_type']);
    expect(refusedFields(ExportChunk, { kind: 'text', text: '' })).toEqual([]);
    expect(refusedFields(ExportChunk, { kind: 'bytes', text: '' })).toEqual(['kind']);
  });

  test('what goes between the processes of the desktop app', () => {
    expect(ToBackend.parse({ type: 'port', extra: 1 })).toEqual({ type: 'port' });
    expect(refusedFields(ToBackend, { type: 'quit' })).toEqual(['type']);
    expect(refusedFields(FromBackend, { type: 'failed', message: 'Taken' })).toEqual(['hint']);
    expect(FromBackend.parse({ type: 'ready' })).toEqual({ type: 'ready' });
  });

  test('an error says what failed by code, and may have no hint', () => {
    expect(ErrorData.parse({ failure: 'tls', hint: null, stack: 'at x' })).toEqual({ failure: 'tls', hint: null });
    expect(refusedFields(ErrorData, { failure: 'tls' })).toEqual(['hint']);
  });

  test('a row of a report keeps its full precision', () => {
    const row = Object.fromEntries(Object.keys(ReportRow.shape).map((field) => [field, null]));
    const filled = {
      ...row,
      period_start: '2026-03-11',
      energy_joules: 0.1 + 0.2,
      facility_energy_joules: 1,
      co2e_grams: 5e-324,
      co2e_low_grams: 0,
      co2e_high_grams: 1,
      embodied_co2e_grams: 1,
      total_cost: 1 / 3,
      currency: 'USD',
    };
    expect(ReportRow.parse(filled)).toEqual(filled);
  });
});
