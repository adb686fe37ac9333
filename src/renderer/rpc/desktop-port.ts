import * as z from 'zod';
import type { ReconnectingLink } from './reconnecting-link.ts';

const Announcement = z.discriminatedUnion('type', [
  z.object({ type: z.literal('podwatt:port') }),
  z.object({ type: z.literal('podwatt:backend-state'), state: z.enum(['up', 'down']), reason: z.string().nullish() }),
]);

/**
 * Listens for the ports and the backend's state that the preload script announces to this window. Messages from
 * elsewhere (another origin, a frame) are ignored. Returns what ends the listening.
 */
export function listenForPorts(target: Window, link: ReconnectingLink): () => void {
  const onMessage = (event: MessageEvent<unknown>) => {
    if (event.source !== null && event.source !== target) return;
    if (event.origin !== '' && event.origin !== target.location.origin) return;
    const parsed = Announcement.safeParse(event.data);
    if (!parsed.success) return;
    if (parsed.data.type === 'podwatt:port') {
      const port = event.ports[0];
      if (port !== undefined) link.connect(port);
    } else if (parsed.data.state === 'down') {
      link.disconnect(parsed.data.reason ?? null);
    }
  };
  target.addEventListener('message', onMessage);
  return () => target.removeEventListener('message', onMessage);
}
