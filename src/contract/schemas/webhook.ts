import * as z from 'zod';
import { Month } from './budgets.ts';
import { Instant } from './primitives.ts';
import { SourceTestResult } from './sources.ts';

/** An alert on its way to the webhook, or there. */
export const WebhookDelivery = z.object({
  id: z.string(),
  budget_name: z.string(),
  month: Month,
  kind: z.enum(['50', '80', '100', 'forecast']),
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.int().nonnegative(),
  last_try_at: Instant.nullable(),
  /** While it waits. */
  next_try_at: Instant.nullable(),
  /** What failed in the last try. */
  message: z.string().nullable(),
  hint: z.string().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

/** Address and secret go in and never come out: an answer has the host of the address alone. */
export const WebhookSettings = z.object({
  host: z.string().nullable().describe('Null where no webhook is set'),
  has_secret: z.boolean(),
  deliveries: z.array(WebhookDelivery).describe('The newest 20, newest first'),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/** What is left out stays as it is. */
export const WebhookInput = z.object({
  url: z.string().trim().min(1).max(2000).optional().describe('https, or http to this computer'),
  secret: z.string().min(1).max(500).nullable().optional().describe('Signs what is posted; null takes it away'),
});
export type WebhookInput = z.infer<typeof WebhookInput>;

export const WebhookTestResult = SourceTestResult;
