import type { WebhookInput } from '../../../../contract/schemas/webhook.ts';

/** What was typed; null leaves what is kept alone. */
export interface WebhookDraft {
  readonly url: string | null;
  readonly secret: string | null;
}

export const untouched: WebhookDraft = { url: null, secret: null };

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What is wrong with an address in words; null while nothing is typed or all is right. */
export function addressProblem(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const url = URL.parse(typed);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'An address that begins with https://';
  if (url.username !== '' || url.password !== '') return 'Without a user and password';
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return 'https://, except for this computer (localhost)';
  return null;
}

/** What saving or testing sends; null where something typed is wrong, or there is no address yet. */
export function inputOf({ url, secret }: WebhookDraft, hasAddress: boolean): WebhookInput | null {
  const address = url?.trim() ?? '';
  if (addressProblem(address) !== null || (address === '' && !hasAddress)) return null;
  return {
    ...(address === '' ? {} : { url: address }),
    ...(secret === null || secret === '' ? {} : { secret }),
  };
}
