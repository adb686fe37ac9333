import { describe, expect, it } from 'vitest';
import { askForKey } from '../../../../src/main/backend-entry/ask-for-key.ts';

type Listener = (event: { data: unknown }) => void;

function asking() {
  const sent: unknown[] = [];
  const listeners: Listener[] = [];
  const answer = askForKey({
    postMessage: (message) => void sent.push(message),
    on: (_name, listener) => void listeners.push(listener),
  });
  const say = (data: unknown): void => {
    for (const listener of listeners) listener({ data });
  };
  return { sent, answer, say };
}

describe('asking main for the key', () => {
  it('asks once it listens, and takes 32 bytes', async () => {
    const { sent, answer, say } = asking();
    expect(sent).toEqual([{ type: 'asks-key' }]);
    say({ type: 'key', key: Buffer.alloc(32, 7).toString('base64') });
    expect(await answer).toEqual(Buffer.alloc(32, 7));
  });

  it('takes no keychain for none', async () => {
    const { answer, say } = asking();
    say({ type: 'key', key: null });
    expect(await answer).toBeNull();
  });

  it('waits through whatever else is said', async () => {
    const { answer, say } = asking();
    for (const data of ['key', null, { type: 'port' }, { type: 'key' }, { type: 'key', key: 7 }]) say(data);
    say({ type: 'key', key: Buffer.alloc(32, 1).toString('base64') });
    say({ type: 'key', key: null });
    expect((await answer)?.[0]).toBe(1);
  });
});
