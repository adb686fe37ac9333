import { describe, expect, test } from 'vitest';
import { CollectEvent, CollectInput } from '../../../../src/contract/schemas/collect.ts';
import {
  CheckStep,
  ClusterInput,
  ClusterItem,
  ClusterSettings,
  ClusterSettingsInput,
  CollectingInput,
  ContextInput,
  ContextItem,
  Progress,
  RunItem,
  RunsInput,
} from '../../../../src/contract/schemas/contexts.ts';
import { refusals, refusedFields } from '../refusals.ts';

describe('settings of a cluster', () => {
  const answer = {
    context: 'prod',
    prometheus_url: null,
    prometheus_auth: 'none',
    prometheus_username: null,
    has_prometheus_secret: true,
    has_certificate_authority: false,
    extra_matchers: null,
    tenant_header: null,
    pue: null,
    zone: null,
    price_cpu_core_hour: null,
    price_memory_gb_hour: null,
    currency: null,
  } as const;

  test('an answer has no place for a secret, even where the backend gave one', () => {
    const leaked = {
      ...answer,
      prometheus_secret: 'hunter2',
      certificate_authority: '-----BEGIN',
      tenant_value: 'acme',
    };
    expect(ClusterSettings.parse(leaked)).toEqual(answer);
  });

  test('the input takes each secret, its removal, and its absence', () => {
    for (const field of ['prometheus_secret', 'certificate_authority', 'tenant_value'] as const) {
      expect(ClusterSettingsInput.parse({ context: 'prod', [field]: 's' })).toEqual({ context: 'prod', [field]: 's' });
      expect(ClusterSettingsInput.parse({ context: 'prod', [field]: null })[field]).toBeNull();
      expect(Object.hasOwn(ClusterSettingsInput.parse({ context: 'prod' }), field)).toBe(false);
    }
  });

  test('nobody can say that a secret is kept', () => {
    const input = { context: 'prod', has_prometheus_secret: true, has_certificate_authority: true };
    expect(ClusterSettingsInput.parse(input)).toEqual({ context: 'prod' });
  });

  test('names its context', () => {
    expect(refusedFields(ClusterSettingsInput, { pue: 1.2 })).toEqual(['context']);
  });

  test.each([
    ['pue', [1, 1.2, 5, null], [0.99, 5.01, 0, -1, '1.2', Number.NaN]],
    ['price_cpu_core_hour', [0, 0.04, null], [-0.01, '0.04', Number.POSITIVE_INFINITY]],
    ['price_memory_gb_hour', [0, 0.005, null], [-1, 'free']],
    ['currency', ['EUR', null], ['', 'EU', 'EURO', 978]],
    ['prometheus_auth', ['none', 'bearer', 'basic'], ['digest', null, '']],
  ] as const)('%s has its bounds', (field, good, bad) => {
    for (const value of good) {
      expect(ClusterSettingsInput.parse({ context: 'prod', [field]: value })).toMatchObject({ [field]: value });
    }
    for (const value of bad) {
      expect([value, refusedFields(ClusterSettingsInput, { context: 'prod', [field]: value })]).toEqual([
        value,
        [field],
      ]);
    }
  });
});

describe('switching a context on', () => {
  test('reads back a week unless told otherwise', () => {
    expect(CollectingInput.parse({ context: 'prod', collecting: true })).toEqual({
      context: 'prod',
      collecting: true,
      backfill: '7d',
    });
  });

  test.each(['1h', '48h', '7d', '4w', '9999h'])('takes a backfill of %s', (backfill) => {
    expect(CollectingInput.parse({ context: 'prod', collecting: true, backfill }).backfill).toBe(backfill);
  });

  test.each(['7', '6m', '1y', 'ytd', '10000h', '-1d', '7 d', ''])(
    'refuses a backfill of %j and names the forms',
    (backfill) => {
      expect(refusals(CollectingInput, { context: 'prod', collecting: true, backfill })).toEqual([
        'backfill: backfill takes a number and h, d or w, for example 7d',
      ]);
    },
  );

  test.each(['true', 1, null, undefined])('a switch over RPC is a boolean, not %j', (collecting) => {
    expect(refusedFields(CollectingInput, { context: 'prod', collecting })).toEqual(['collecting']);
  });
});

test.each(['7', '6m', '1y', 'ytd', '', '24H'])(
  'one run over %j is refused, and the message names the forms',
  (last) => {
    expect(refusals(CollectInput, { context: 'prod', last })).toEqual([
      'last: last takes a number and h, d or w, for example 24h',
    ]);
  },
);

test.each([
  ['collect', CollectInput, 'context', { last: '1h' }],
  ['a check', ContextInput, 'context', {}],
  ['switching on', CollectingInput, 'context', { collecting: true }],
  ['progress', ClusterInput, 'cluster', {}],
  ['the ledger', RunsInput, 'cluster', {}],
] as const)('%s needs a name that is not empty', (_what, schema, field, rest) => {
  expect(refusedFields(schema, { ...rest })).toEqual([field]);
  expect(refusedFields(schema, { ...rest, [field]: '' })).toEqual([field]);
  expect(refusedFields(schema, { ...rest, [field]: 'x' })).toEqual([]);
});

test('the ledger is that of a day unless told otherwise', () => {
  expect(RunsInput.parse({ cluster: 'c1' })).toEqual({ cluster: 'c1', last: '24h' });
});

describe('answers', () => {
  const progress = {
    cluster_id: 'c1',
    state: 'running',
    phases: [{ name: 'usage', state: 'running', done: 1, total: 2, unit: 'windows', detail: '' }],
    windows_done: 1,
    windows_total: 2,
    windows_without_data: 0,
    seconds_left: null,
    so_far: { co2e_grams: 1, low_grams: 0.5, high_grams: 2, hours: 1 },
    message: null,
  } as const;

  test('progress counts whole windows, never less than none', () => {
    expect(Progress.parse(progress)).toEqual(progress);
    expect(refusedFields(Progress, { ...progress, windows_done: -1 })).toEqual(['windows_done']);
    expect(refusedFields(Progress, { ...progress, windows_total: 1.5 })).toEqual(['windows_total']);
    const [phase] = progress.phases;
    expect(refusedFields(Progress, { ...progress, phases: [{ ...phase, state: 'thinking' }] })).toEqual([
      'phases.0.state',
    ]);
  });

  test('a run sends progress, then its result, and each has its own body', () => {
    expect(CollectEvent.parse({ kind: 'progress', progress })).toEqual({ kind: 'progress', progress });
    expect(refusedFields(CollectEvent, { kind: 'result', progress })).toEqual(['result']);
    expect(refusedFields(CollectEvent, { kind: 'progress' })).toEqual(['progress']);
    expect(refusedFields(CollectEvent, { kind: 'done', progress })).toEqual(['kind']);
  });

  test('a step of a check is of a known source and state', () => {
    const step = { source: 'usage', state: 'passed', detail: '', hint: null, latency_milliseconds: 1 };
    expect(refusedFields(CheckStep, { ...step, source: 'weather' })).toEqual(['source']);
    expect(refusedFields(CheckStep, { ...step, state: 'ok' })).toEqual(['state']);
    expect(refusedFields(CheckStep, { ...step, latency_milliseconds: null })).toEqual([]);
  });

  test('a cluster has a state that the pages know, and times are instants', () => {
    const cluster = {
      id: 'c1',
      name: 'shop',
      context_name: 'prod',
      server_url: 'https://k8s',
      server_version: null,
      provider: null,
      region: null,
      currency: 'USD',
      is_sample: false,
      node_count: null,
      pod_count: null,
      collecting: true,
      state: 'collecting',
      last_window_end: null,
      next_run_at: '2026-03-11T10:05:00Z',
      last_error: null,
      sources: [{ name: 'usage', state: 'unknown', detail: '' }],
    };
    expect(ClusterItem.parse(cluster)).toEqual(cluster);
    expect(refusedFields(ClusterItem, { ...cluster, state: 'broken' })).toEqual(['state']);
    expect(refusedFields(ClusterItem, { ...cluster, next_run_at: 1_773_223_500 })).toEqual(['next_run_at']);
    expect(refusedFields(ClusterItem, { ...cluster, last_error: 'no' })).toEqual(['last_error']);
    expect(refusedFields(ClusterItem, { ...cluster, node_count: 1.5 })).toEqual(['node_count']);
  });

  test('a context says nothing of its credentials, whatever the source said', () => {
    const context = {
      name: 'prod',
      file: null,
      cluster_name: 'shop',
      server_url: null,
      user_name: null,
      namespace: null,
      auth_kind: 'token',
      is_current: true,
      is_sample: false,
      problem: null,
      cluster_id: null,
      collecting: false,
    };
    expect(ContextItem.parse({ ...context, token: 'hunter2', exec: { command: 'aws' } })).toEqual(context);
  });

  test('a window of the ledger is whole, partial or without data', () => {
    const run = {
      window_start: '2026-03-11T10:05:00Z',
      duration_seconds: 300,
      state: 'whole',
      covered_seconds: 300,
      reason: null,
      row_count: 7,
      closed_at: '2026-03-11T10:12:00Z',
    };
    expect(RunItem.parse(run)).toEqual(run);
    expect(refusedFields(RunItem, { ...run, state: 'good' })).toEqual(['state']);
    expect(refusedFields(RunItem, { ...run, closed_at: null })).toEqual(['closed_at']);
  });
});
