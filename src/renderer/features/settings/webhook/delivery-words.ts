import type { WebhookDelivery } from '../../../../contract/schemas/webhook.ts';
import { formatMomentAge } from '../../../format/time.ts';

const KINDS: Record<WebhookDelivery['kind'], string> = {
  '50': '50 %',
  '80': '80 %',
  '100': '100 %',
  forecast: 'forecast',
};

/** `Shop, 80 %`: which alert it is. */
export const deliveryName = ({ budget_name, kind }: WebhookDelivery): string => `${budget_name}, ${KINDS[kind]}`;

export function stateOf({ state, tries }: WebhookDelivery): { words: string; tone: 'good' | 'warn' | 'bad' | 'plain' } {
  switch (state) {
    case 'delivered':
      return { words: 'Delivered', tone: 'good' };
    case 'failed':
      return { words: 'Given up', tone: 'bad' };
    case 'waiting':
      return tries === 0 ? { words: 'Waiting', tone: 'plain' } : { words: 'Trying again', tone: 'warn' };
  }
}

/** What failed and what to do; nothing where nothing did. */
export function problemWords({ message, hint }: WebhookDelivery): string {
  return [message, hint].filter((each) => each !== null).join(' ');
}

export function triesWords({ tries, last_try_at }: WebhookDelivery, nowMs: number, tz: string): string {
  if (last_try_at === null) return 'None yet';
  const count = tries === 1 ? '1 try' : `${tries} tries`;
  return `${count}, the last at ${formatMomentAge(last_try_at, nowMs, tz)}`;
}
