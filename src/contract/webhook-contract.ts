import { oc } from '@orpc/contract';
import { errors } from './errors.ts';
import { WebhookInput, WebhookSettings, WebhookTestResult } from './schemas/webhook.ts';

/** Where alerts of budgets are posted besides the app. Like other settings it has no REST path. */
export const webhookContract = {
  get: oc.errors(errors).output(WebhookSettings),
  save: oc.errors(errors).input(WebhookInput).output(WebhookSettings),
  /** Alerts that wait for it are dropped. */
  remove: oc.errors(errors).output(WebhookSettings),
  /** Posts a test to what is given, or to what is kept. */
  test: oc.errors(errors).input(WebhookInput).output(WebhookTestResult),
};
