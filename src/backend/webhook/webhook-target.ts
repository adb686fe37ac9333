import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { parseHttpUrl } from '../../net/address.ts';
import { addressOf, isMetadataAddress, refusedAddress } from '../../net/address-rules.ts';
import { isLoopback } from '../../net/proxy.ts';
import type { Secrets } from '../secrets/secrets.ts';

const Target = z.object({ url: z.string(), secret: z.string().nullable() });

/** Where alerts are posted, and what signs them. Both may open doors: they go into requests and nowhere else. */
export type WebhookTarget = z.infer<typeof Target>;

/** What is kept sealed of it: one record, so that an address is never signed with the secret of another. */
export const WEBHOOK_SECRET = 'webhook';

/**
 * An address as a person typed it, without its fragment, which is never sent.
 * @throws Failure 'bad-input' that never repeats what was typed
 */
export function checkedWebhookUrl(text: string): string {
  const url = parseHttpUrl(text, 'The address of the webhook');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Failure('bad-input', 'The address of the webhook must begin with https://.', {
      hint: 'Without encryption alerts go to this computer only (localhost).',
    });
  }
  const address = addressOf(url);
  if (address !== null && isMetadataAddress(address)) throw refusedAddress();
  url.hash = '';
  return url.href;
}

/** The one webhook, sealed like other secrets. */
export class KeptTarget {
  readonly #secrets: Secrets;
  #value: WebhookTarget | null;

  private constructor(secrets: Secrets, value: WebhookTarget | null) {
    this.#secrets = secrets;
    this.#value = value;
  }

  /** What can't be opened, or not any more, counts as not set: it must not keep the app from starting. */
  static async open(secrets: Secrets): Promise<KeptTarget> {
    const text = await secrets.get(WEBHOOK_SECRET).catch(() => null);
    const parsed = Target.safeParse(text === null ? null : JSON.parse(text));
    return new KeptTarget(secrets, parsed.success ? parsed.data : null);
  }

  get value(): WebhookTarget | null {
    return this.#value;
  }

  async set(target: WebhookTarget): Promise<void> {
    await this.#secrets.set(WEBHOOK_SECRET, JSON.stringify(target));
    this.#value = target;
  }

  async remove(): Promise<void> {
    await this.#secrets.delete(WEBHOOK_SECRET);
    this.#value = null;
  }
}
