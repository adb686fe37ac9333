import { SealedSecrets } from '../../../../src/backend/secrets/secrets.ts';
import type { RaisedAlert } from '../../../../src/backend/webhook/alert-body.ts';
import { WebhookDesk, type WebhookDeskDeps } from '../../../../src/backend/webhook/webhook-desk.ts';
import type { AppState } from '../../../../src/core/ports/app-state.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

export const NOW = Date.UTC(2026, 2, 11, 10) / 1000;
const CLUSTER = 'c0ffee00-0000-4000-8000-000000000001';

/** An alert of a budget of 100 EUR, of which 83.5 are used. */
export function raised(id: string, part: Partial<RaisedAlert> = {}): RaisedAlert {
  return {
    alert: {
      id,
      budgetId: 'b1',
      month: '2026-03',
      kind: '80',
      atSeconds: NOW,
      used: 83.5,
      expected: 130,
      limit: 100,
      seenAtSeconds: null,
    },
    budget: {
      id: 'b1',
      name: 'Shop',
      scope: 'namespace',
      clusterId: CLUSTER,
      key: 'shop',
      unit: 'cost',
      limit: 100,
      createdAtSeconds: NOW,
      updatedAtSeconds: NOW,
    },
    clusterName: 'prod',
    currency: 'EUR',
    outlook: {
      month: '2026-03',
      used: 83.5,
      expected: 130,
      low: 120,
      high: 140,
      passedOn: '2026-03-21',
      daysWithData: 10,
      historyDays: 19,
    },
    ...part,
  };
}

/** A desk with its outbox in a state, on a clock that is moved by hand; what it logs is kept. */
export async function openDesk(part: Partial<WebhookDeskDeps> & { state?: AppState; time?: ManualTime } = {}) {
  const { state = new MemoryState(), time = new ManualTime(NOW), ...rest } = part;
  const logged: { level: string; fields: object | string; message: string | undefined }[] = [];
  const write = (level: string) => (fields: object | string, message?: string) =>
    void logged.push({ level, fields, message });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const desk = await WebhookDesk.open({
    state,
    secrets: new SealedSecrets({ state, key: async () => new Uint8Array(32).fill(5) }),
    clock: time,
    timers: time,
    log,
    random: () => 0.5,
    env: {},
    isOffline: () => false,
    ...rest,
  });
  return { desk, state, time, logged };
}
