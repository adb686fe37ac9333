import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { ALERT_KINDS } from '../../model/kubernetes/budget.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { StoredValue } from '../settings/stored-value.ts';
import { alertBody, type RaisedAlert } from './alert-body.ts';

const STATE_KEY = 'webhook-outbox';
/** Of those that are over, so many are remembered. */
const MOST_OVER = 500;

const Entry = z.object({
  id: z.string(),
  budgetName: z.string(),
  month: z.string(),
  kind: z.enum(ALERT_KINDS),
  /** What is posted; empty once it is over. */
  body: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.number(),
  lastTryAtSeconds: z.number().nullable(),
  nextTryAtSeconds: z.number(),
  /** What failed in the last try, without any address. */
  problem: z.object({ message: z.string(), hint: z.string().nullable() }).nullable(),
});
export type OutboxEntry = z.infer<typeof Entry>;

const Stored = z.object({
  entries: z.array(Entry),
  /** Until then the receiver asked to be left alone. */
  quietUntilSeconds: z.number(),
});
type Stored = z.infer<typeof Stored>;

/** Alerts that wait for delivery, and those that had it: kept on this machine, oldest first. */
export class Outbox {
  readonly #stored: StoredValue<Stored>;

  private constructor(stored: StoredValue<Stored>) {
    this.#stored = stored;
  }

  static async open(state: AppState): Promise<Outbox> {
    return new Outbox(await StoredValue.open(state, STATE_KEY, Stored, { entries: [], quietUntilSeconds: 0 }));
  }

  get entries(): readonly OutboxEntry[] {
    return this.#stored.value.entries;
  }

  /** The one that is due first, and when. */
  next(): { readonly entry: OutboxEntry; readonly atSeconds: EpochSeconds } | null {
    const { entries, quietUntilSeconds } = this.#stored.value;
    const [entry] = entries.filter(isWaiting).sort((one, other) => one.nextTryAtSeconds - other.nextTryAtSeconds);
    return entry === undefined ? null : { entry, atSeconds: Math.max(entry.nextTryAtSeconds, quietUntilSeconds) };
  }

  /** An alert is taken once, whatever became of it. */
  async add(raised: RaisedAlert, nowSeconds: EpochSeconds): Promise<void> {
    const { alert, budget } = raised;
    if (this.entries.some(({ id }) => id === alert.id)) return;
    const entry: OutboxEntry = {
      id: alert.id,
      budgetName: budget.name,
      month: alert.month,
      kind: alert.kind,
      body: alertBody(raised),
      state: 'waiting',
      tries: 0,
      lastTryAtSeconds: null,
      nextTryAtSeconds: nowSeconds,
      problem: null,
    };
    await this.#change((entries) => [...entries, entry]);
  }

  /** What a try came to; one that was taken out meanwhile stays out. */
  async settle(id: string, change: Partial<OutboxEntry>): Promise<void> {
    const changed = (entry: OutboxEntry): OutboxEntry => {
      const after = entry.id === id ? { ...entry, ...change } : entry;
      return isWaiting(after) ? after : { ...after, body: '' };
    };
    await this.#change((entries) => withoutOldest(entries.map(changed)));
  }

  async leaveAlone(untilSeconds: EpochSeconds): Promise<void> {
    await this.#stored.update((before) => ({ ...before, quietUntilSeconds: untilSeconds }));
  }

  /** For another address: all that waits is due, with all its tries. */
  async beginAgain(nowSeconds: EpochSeconds): Promise<void> {
    const fresh = { tries: 0, nextTryAtSeconds: nowSeconds };
    await this.#stored.update(({ entries }) => ({
      entries: entries.map((entry) => (isWaiting(entry) ? { ...entry, ...fresh } : entry)),
      quietUntilSeconds: 0,
    }));
  }

  /** There is nowhere to deliver to any more. */
  async dropWaiting(): Promise<void> {
    await this.#stored.update(({ entries }) => ({
      entries: entries.filter((entry) => !isWaiting(entry)),
      quietUntilSeconds: 0,
    }));
  }

  async #change(change: (entries: OutboxEntry[]) => OutboxEntry[]): Promise<void> {
    await this.#stored.update((before) => ({ ...before, entries: change(before.entries) }));
  }
}

function isWaiting({ state }: OutboxEntry): boolean {
  return state === 'waiting';
}

function withoutOldest(entries: OutboxEntry[]): OutboxEntry[] {
  let left = entries.filter((entry) => !isWaiting(entry)).length - MOST_OVER;
  return entries.filter((entry) => {
    if (isWaiting(entry) || left <= 0) return true;
    left -= 1;
    return false;
  });
}
