import { implement } from '@orpc/server';
import type * as z from 'zod';
import type {
  WebhookDelivery,
  WebhookInput,
  WebhookSettings,
  WebhookTestResult,
} from '../../contract/schemas/webhook.ts';
import { webhookContract } from '../../contract/webhook-contract.ts';
import { signalOr } from '../changes/wait-for.ts';
import { toIso } from '../ranges/instants.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { OutboxEntry } from '../webhook/outbox.ts';
import type { WebhookDesk } from '../webhook/webhook-desk.ts';
import { isoOrNull } from './grid-wire.ts';

export interface WebhookApiDeps {
  readonly webhook: WebhookDesk;
  readonly timers: Timers;
  readonly stopping: AbortSignal;
}

/** The operations of the webhook; errors become those of the contract where they are put into the whole router. */
export function createWebhookRouter(deps: WebhookApiDeps) {
  const { webhook } = deps;
  const os = implement(webhookContract);
  return os.router({
    get: os.get.handler(() => settingsOf(webhook)),
    save: os.save.handler(async ({ input }) => {
      await webhook.save(input);
      return settingsOf(webhook);
    }),
    remove: os.remove.handler(async () => {
      await webhook.remove();
      return settingsOf(webhook);
    }),
    test: os.test.handler(({ input, signal }) => test(input, deps, signal)),
  });
}

/** A receiver that fails is an answer, not an error. */
async function test(
  input: WebhookInput,
  { webhook, timers, stopping }: WebhookApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof WebhookTestResult>> {
  const startedAt = timers.nowMilliseconds();
  const outcome = await webhook.test(input, AbortSignal.any([signalOr(signal), stopping]));
  const latency = Math.max(0, timers.nowMilliseconds() - startedAt);
  if (outcome.ok) {
    return { ok: true, message: `It took the test (${outcome.status}).`, hint: null, latency_ms: latency };
  }
  const { code, message, hint } = outcome.failure;
  if (code === 'unexpected' || code === 'cancelled') throw outcome.failure;
  return { ok: false, message, hint, latency_ms: null };
}

function settingsOf(webhook: WebhookDesk): WebhookSettings {
  const { host, hasSecret, deliveries } = webhook.view();
  return { host, has_secret: hasSecret, deliveries: deliveries.map(deliveryOf) };
}

function deliveryOf(entry: OutboxEntry): WebhookDelivery {
  const { id, budgetName, month, kind, state, tries, lastTryAtSeconds, nextTryAtSeconds, problem } = entry;
  return {
    id,
    budget_name: budgetName,
    month,
    kind,
    state,
    tries,
    last_try_at: isoOrNull(lastTryAtSeconds),
    next_try_at: state === 'waiting' ? toIso(nextTryAtSeconds) : null,
    message: problem?.message ?? null,
    hint: problem?.hint ?? null,
  };
}
