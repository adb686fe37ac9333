import type { Settings } from '../../../src/contract/schemas/settings.ts';
import type { WebhookSettings } from '../../../src/contract/schemas/webhook.ts';
import type { ConnectionState } from '../../../src/renderer/rpc/connection.ts';
import { type ConnectionControl, createConnection } from '../../../src/renderer/rpc/connection.ts';
import type { ConnectedClient, PodwattClient } from '../../../src/renderer/rpc/create-client.ts';
import { clusters, contexts, generalSettings, health, summary } from './answers.ts';
import { auditEntry, explanation, qualityReport, recomputeEvents, scopes } from './explain-answers.ts';
import { gridZones, liveHistory, method, sourceSettings, sourceStates, yearlyHistory } from './grid-answers.ts';
import { savingsAnswers } from './savings-answers.ts';
import { storeStatus } from './store-answers.ts';

type FakeAnswer<T> = T extends AsyncIterable<infer Item> ? AsyncIterable<Item> : T;
type FakeOperation<F> = F extends (...input: infer I) => Promise<infer O>
  ? (...input: I) => Promise<FakeAnswer<O>>
  : never;

/** Some operations of the contract; the types of input and output are the real ones. */
export type FakeOperations = {
  readonly [G in keyof PodwattClient]?: { readonly [O in keyof PodwattClient[G]]?: FakeOperation<PodwattClient[G][O]> };
};

export interface FakeClient extends ConnectedClient {
  readonly connection: ConnectionControl;
  /** `metrics.summary` and its input, for each call in order. */
  readonly calls: { readonly operation: string; readonly input: unknown }[];
}

/**
 * A client with canned answers: two clusters that collect, one that can't be reached, a sample. `operations` replaces
 * some; what has no answer is refused by name, so that a test sees an unexpected call.
 */
export function createFakeClient(
  operations: FakeOperations = {},
  state: ConnectionState = { status: 'up' },
): FakeClient {
  const calls: FakeClient['calls'] = [];
  const merged: Record<string, Record<string, unknown> | undefined> = { ...defaults };
  for (const [group, some] of Object.entries(operations)) merged[group] = { ...merged[group], ...some };
  const groupOf = (group: string) =>
    new Proxy(
      {},
      {
        get: (_, name) => (input: unknown, options: unknown) => {
          const operation = `${group}.${String(name)}`;
          calls.push({ operation, input });
          const answer = merged[group]?.[String(name)];
          if (typeof answer !== 'function') return Promise.reject(new Error(`${operation} has no answer in this test`));
          return Promise.resolve(answer(input, options));
        },
      },
    );
  const client = new Proxy({}, { get: (_, group) => groupOf(String(group)) }) as PodwattClient;
  return { client, connection: createConnection(state), isDesktop: false, calls };
}

/** A stream of these items that then ends. */
export async function* streamOf<T>(...items: T[]): AsyncGenerator<T, void, void> {
  yield* items;
}

/** A stream of these items that stays open until it is cancelled, like those of the backend. */
export async function* openStreamOf<T>(signal: AbortSignal | undefined, ...items: T[]): AsyncGenerator<T, void, void> {
  yield* items;
  await new Promise<void>((done) => signal?.addEventListener('abort', () => done(), { once: true }));
}

/** An input without what was left out. */
const known = (input: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

const noWebhook: WebhookSettings = { host: null, has_secret: false, deliveries: [] };

const defaults: FakeOperations = {
  ...savingsAnswers,
  system: {
    health: async () => health,
    version: async () => ({ version: '0.1.0' }),
    changes: async (_input, options) => openStreamOf(options?.signal, { kind: 'hello' as const, version: '0.1.0' }),
  },
  contexts: { list: async () => contexts },
  clusters: { list: async () => clusters },
  k8s: { clusters: async () => ({ clusters: [], total: 0, limit: 500, offset: 0 }) },
  store: { status: async () => storeStatus },
  settings: { get: async () => generalSettings, update: async (input) => ({ ...generalSettings, ...known(input) }) },
  explain: {
    figure: async () => explanation,
    quality: async () => qualityReport,
    scopes: async () => scopes,
  },
  audit: { list: async () => ({ entries: [auditEntry] }), recompute: async () => streamOf(...recomputeEvents) },
  grid: {
    zones: async () => gridZones,
    history: async ({ zone }) => (zone === 'IE' ? liveHistory() : yearlyHistory(zone)),
  },
  sources: {
    settings: async () => sourceSettings,
    update: async (input) => ({
      ...sourceSettings,
      ...(input.offline === undefined ? {} : { offline: input.offline }),
      ...(input.factor_type === undefined ? {} : { factor_type: input.factor_type }),
      electricity_maps: {
        enabled: input.electricity_maps?.enabled ?? true,
        has_key: input.electricity_maps?.key === undefined || input.electricity_maps.key !== null,
      },
      boavizta: { url: input.boavizta?.url ?? null },
    }),
    test: async () => ({ ok: true, message: 'It answers: DE had 301 g CO2e/kWh.', hint: null, latency_ms: 41.6 }),
    states: async () => sourceStates,
    method: async () => method,
    updateMethod: async ({ context: _context, ...changes }) => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      return { ...method, ...given };
    },
  },
  webhook: {
    get: async () => noWebhook,
    save: async (input) => ({ ...noWebhook, host: 'chat.example', has_secret: typeof input.secret === 'string' }),
    remove: async () => noWebhook,
    test: async () => ({ ok: true, message: 'It took the test (204).', hint: null, latency_ms: 41.6 }),
  },
  metrics: { summary: async (input) => summary(input?.cluster) },
};
