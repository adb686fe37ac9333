import { type FromBackend, ToBackend } from '../../contract/desktop-messages.ts';

interface Line {
  postMessage(message: FromBackend): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** Asks main for the key of the keychain; null where there is none. Only main may speak to the keychain. */
export function askForKey(parent: Line): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    parent.on('message', ({ data }) => {
      const message = ToBackend.safeParse(data);
      if (!message.success || message.data.type !== 'key') return;
      const { key } = message.data;
      resolve(key === null ? null : Buffer.from(key, 'base64'));
    });
    parent.postMessage({ type: 'asks-key' });
  });
}
