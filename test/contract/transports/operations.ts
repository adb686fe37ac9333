import type { InferContractRouterInputs } from '@orpc/contract';
import type { Contract } from '../../../src/contract/contract.ts';

type Inputs = InferContractRouterInputs<Contract>;

export interface OperationCase<Input> {
  readonly input: Input;
  /** Path below `/api/v1`, where the operation is REST too. */
  readonly rest: string | null;
  /** Field of the input that makes the fake fail by its value. */
  readonly failBy: 'namespace' | 'cluster' | 'context' | null;
  /** An input that validation refuses. */
  readonly refused: Record<string, unknown> | null;
  /** Number of events to take of a stream that has no end. */
  readonly take?: number;
}

const range = { last: '24h' } as const;
const refusedRange = { last: 'soon' };

/** Every operation of the contract. One that is missing here doesn't compile. */
export const operations: {
  [Group in keyof Inputs]: { [Name in keyof Inputs[Group]]: OperationCase<Inputs[Group][Name]> };
} = {
  system: {
    health: { input: undefined, rest: '/health', failBy: null, refused: null },
    version: { input: undefined, rest: '/version', failBy: null, refused: null },
    config: { input: undefined, rest: '/config', failBy: null, refused: null },
    changes: { input: undefined, rest: '/changes', failBy: null, refused: null, take: 2 },
  },
  metrics: {
    summary: {
      input: { ...range, tz: 'Europe/Paris' },
      rest: '/metrics/summary',
      failBy: 'namespace',
      refused: refusedRange,
    },
    timeseries: {
      input: { ...range, granularity: 'hour', group_by: 'namespace', top: 5 },
      rest: '/metrics/timeseries',
      failBy: 'namespace',
      refused: { granularity: 'minute' },
    },
    rows: {
      input: { ...range, pod: 'cart-*', limit: 10 },
      rest: '/metrics',
      failBy: 'namespace',
      refused: { limit: 20_000 },
    },
    breakdown: {
      input: { ...range, by: 'pod', compare: true },
      rest: '/breakdown',
      failBy: 'namespace',
      refused: { by: 'colour' },
    },
    namespaces: { input: range, rest: '/namespaces', failBy: 'cluster', refused: { tz: 'Mars/Phobos' } },
  },
  nodes: {
    list: { input: range, rest: '/nodes', failBy: 'cluster', refused: refusedRange },
    detail: {
      input: { ...range, cluster: 'c1', node: 'node-1' },
      rest: '/nodes/detail',
      failBy: 'cluster',
      refused: { cluster: 'c1' },
    },
  },
  reports: {
    summary: {
      input: { ...range, aggregate: false },
      rest: '/report/summary',
      failBy: 'namespace',
      refused: { group_by: 'team' },
    },
    export: {
      input: { ...range, format: 'csv' },
      rest: '/report/export',
      failBy: 'namespace',
      refused: { format: 'xml' },
    },
  },
  contexts: {
    list: { input: undefined, rest: '/contexts', failBy: null, refused: null },
    check: { input: { context: 'prod' }, rest: null, failBy: 'context', refused: { context: '' } },
    setCollecting: {
      input: { context: 'prod', collecting: true },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', collecting: 'often' },
    },
    settings: { input: { context: 'prod' }, rest: null, failBy: 'context', refused: {} },
    updateSettings: {
      input: { context: 'prod', pue: 1.2 },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', pue: 0.5 },
    },
    collect: {
      input: { context: 'prod', last: '24h' },
      rest: null,
      failBy: 'context',
      refused: { context: 'prod', last: '1y' },
    },
  },
  clusters: {
    list: { input: undefined, rest: '/clusters', failBy: null, refused: null },
    progress: { input: { cluster: 'c1' }, rest: null, failBy: 'cluster', refused: { cluster: '' } },
    stopReading: { input: { cluster: 'c1' }, rest: null, failBy: 'cluster', refused: {} },
    runs: { input: { cluster: 'c1' }, rest: '/clusters/runs', failBy: 'cluster', refused: {} },
  },
  store: {
    status: { input: undefined, rest: '/store', failBy: null, refused: null },
    test: { input: { url: 'sqlite:///var/lib/podwatt.sqlite' }, rest: null, failBy: null, refused: { url: '' } },
    change: { input: { url: 'sqlite:///var/lib/podwatt.sqlite' }, rest: null, failBy: null, refused: { url: '' } },
    reset: { input: undefined, rest: null, failBy: null, refused: null },
    setRetention: {
      input: { raw_days: 30, pod_hour_days: 90, hour_days: 400, pod_day_days: 400, day_days: null },
      rest: null,
      failBy: null,
      refused: { raw_days: 1.5 },
    },
    maintain: { input: undefined, rest: null, failBy: null, refused: null },
  },
  settings: {
    get: { input: undefined, rest: null, failBy: null, refused: null },
    update: { input: { theme: 'dark' }, rest: null, failBy: null, refused: { theme: 'pink' } },
  },
};
