import { describe, expect, test } from 'vitest';
import {
  BreakdownInput,
  MetricsInput,
  NamespacesInput,
  SummaryInput,
  TimeseriesInput,
} from '../../../../src/contract/schemas/metrics.ts';
import { NodeDetailInput, NodesInput } from '../../../../src/contract/schemas/nodes.ts';
import { ExportInput, ReportInput } from '../../../../src/contract/schemas/reports.ts';
import { refusedFields } from '../refusals.ts';

describe('defaults of the REST interface', () => {
  test.each([
    ['/metrics/summary', SummaryInput, { tz: 'UTC' }],
    ['/metrics/timeseries', TimeseriesInput, { tz: 'UTC', granularity: 'day' }],
    ['/metrics', MetricsInput, { tz: 'UTC', limit: 1000, offset: 0 }],
    ['/namespaces', NamespacesInput, { tz: 'UTC' }],
    ['/nodes', NodesInput, { tz: 'UTC' }],
    [
      '/breakdown',
      BreakdownInput,
      {
        tz: 'UTC',
        by: 'namespace',
        sort: 'co2e',
        order: 'desc',
        spread: 'keep',
        compare: false,
        limit: 100,
        offset: 0,
      },
    ],
    ['/report/summary', ReportInput, { tz: 'UTC', aggregate: true, granularity: 'daily', group_by: 'pod' }],
    [
      '/report/export',
      ExportInput,
      { tz: 'UTC', aggregate: true, granularity: 'daily', group_by: 'pod', format: 'csv' },
    ],
  ] as const)('%s', (_path, schema, defaults) => {
    expect(schema.parse({})).toEqual(defaults);
  });
});

describe('limits and offsets', () => {
  test.each([
    ['/metrics limit', MetricsInput, 'limit', 1, 10_000],
    ['/metrics offset', MetricsInput, 'offset', 0, 10_000],
    ['/breakdown limit', BreakdownInput, 'limit', 1, 1000],
    ['/breakdown offset', BreakdownInput, 'offset', 0, 10_000],
    ['/metrics/timeseries top', TimeseriesInput, 'top', 1, 50],
  ] as const)('%s has its ends', (_name, schema, field, least, most) => {
    for (const good of [least, most, String(least), String(most)]) {
      expect(schema.parse({ [field]: good })).toMatchObject({ [field]: Number(good) });
    }
    for (const bad of [
      least - 1,
      most + 1,
      String(most + 1),
      -1,
      1.5,
      '1.5',
      'many',
      '1 000',
      '0x',
      'NaN',
      'Infinity',
    ]) {
      expect([bad, refusedFields(schema, { [field]: bad })]).toEqual([bad, [field]]);
    }
  });
});

describe('enumerations', () => {
  test.each([
    [
      'granularity',
      TimeseriesInput,
      ['5m', 'hour', '2h', '6h', 'day', 'week', 'month', 'year'],
      ['minute', '1h', 'Day', ''],
    ],
    ['group_by', TimeseriesInput, ['namespace', 'workload', 'pod', 'node', 'cluster', 'team'], ['zone', 'owner', '']],
    ['by', BreakdownInput, ['cluster', 'namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'], ['colour']],
    ['sort', BreakdownInput, ['co2e', 'energy', 'cost', 'name', 'cpu', 'memory'], ['co2e_grams', 'random()']],
    ['order', BreakdownInput, ['asc', 'desc'], ['ASC', 'up']],
    ['granularity', ReportInput, ['hourly', 'daily', 'weekly', 'monthly', 'yearly'], ['day', '5m']],
    ['group_by', ReportInput, ['pod', 'workload', 'namespace'], ['team', 'node']],
    ['format', ExportInput, ['csv', 'json'], ['xml', 'CSV']],
  ] as const)('%s', (field, schema, good, bad) => {
    for (const value of good) expect(schema.parse({ [field]: value })).toMatchObject({ [field]: value });
    for (const value of bad) expect([value, refusedFields(schema, { [field]: value })]).toEqual([value, [field]]);
  });
});

describe('switches', () => {
  test.each([
    ['compare', BreakdownInput],
    ['aggregate', ReportInput],
  ] as const)('%s is a boolean over RPC and its word in a query', (field, schema) => {
    for (const [given, meant] of [
      [true, true],
      [false, false],
      ['true', true],
      ['false', false],
      ['1', true],
      ['0', false],
    ] as const) {
      expect(schema.parse({ [field]: given })).toMatchObject({ [field]: meant });
    }
    for (const bad of ['', 'perhaps', 'null', 2, null]) {
      expect([bad, refusedFields(schema, { [field]: bad })]).toEqual([bad, [field]]);
    }
  });

  test('the word "false" is never true', () => {
    expect(ReportInput.parse({ aggregate: 'false' }).aggregate).toBe(false);
    expect(BreakdownInput.parse({ compare: 'FALSE' }).compare).toBe(false);
  });
});

describe('filters', () => {
  const every = {
    cluster: 'c1',
    namespace: 'shop',
    workload: 'Deployment/cart',
    pod: 'cart-1',
    node: 'n1',
    team: 'payments',
    zone: 'FR',
    provider: 'aws',
  };

  test.each([
    ['/metrics/summary', SummaryInput],
    ['/metrics/timeseries', TimeseriesInput],
    ['/breakdown', BreakdownInput],
    ['/report/summary', ReportInput],
    ['/report/export', ExportInput],
  ] as const)('%s takes every filter together', (_path, schema) => {
    expect(schema.parse(every)).toMatchObject(every);
  });

  test('what is no parameter is left away, and reaches nothing', () => {
    expect(SummaryInput.parse({ last: '1h', 'x; drop': '1', limit: '5' })).toEqual({ last: '1h', tz: 'UTC' });
  });

  test('search and cursor have an end', () => {
    expect(BreakdownInput.parse({ search: '' }).search).toBe('');
    expect(refusedFields(BreakdownInput, { search: 'x'.repeat(254) })).toEqual(['search']);
    expect(refusedFields(BreakdownInput, { cursor: 'x'.repeat(65) })).toEqual(['cursor']);
  });

  test('one node is named with its cluster', () => {
    expect(refusedFields(NodeDetailInput, {})).toEqual(['cluster', 'node']);
    expect(refusedFields(NodeDetailInput, { cluster: 'c1', node: '' })).toEqual(['node']);
    expect(NodeDetailInput.parse({ cluster: 'c1', node: 'n1' })).toEqual({ cluster: 'c1', node: 'n1', tz: 'UTC' });
  });

  test('every refused field is named in one answer', () => {
    const input = { last: 'x', start: 'x', tz: 'x', limit: 0, offset: -1, by: 'x', compare: 'x' };
    expect(refusedFields(BreakdownInput, input).sort()).toEqual(Object.keys(input).sort());
  });
});
