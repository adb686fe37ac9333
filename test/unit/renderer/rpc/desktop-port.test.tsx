import { describe, expect, it } from 'vitest';
import { DESKTOP_CHANNELS } from '../../../../src/contract/desktop-channels.ts';
import { createConnection } from '../../../../src/renderer/rpc/connection.ts';
import { listenForPorts } from '../../../../src/renderer/rpc/desktop-port.ts';
import type { LinkPort, ReconnectingLink } from '../../../../src/renderer/rpc/reconnecting-link.ts';

function recordingLink() {
  const deeds: unknown[] = [];
  const link: ReconnectingLink = {
    connection: createConnection({ status: 'waiting' }),
    connect: (port) => deeds.push(port),
    disconnect: (reason) => deeds.push(`down: ${reason}`),
    call: () => Promise.reject(new Error('not called here')),
  };
  return { link, deeds };
}

function announce(data: unknown, more: Partial<MessageEvent> = {}) {
  const event = new Event('message');
  const fields = { data, ports: [], source: window, origin: window.location.origin, ...more };
  for (const [key, value] of Object.entries(fields)) Object.defineProperty(event, key, { value });
  window.dispatchEvent(event);
}

const port = { start: () => undefined } as unknown as LinkPort;

describe('listenForPorts', () => {
  it('takes the port that the preload script announces', () => {
    const { link, deeds } = recordingLink();
    const stop = listenForPorts(window, link);
    announce({ type: DESKTOP_CHANNELS.port }, { ports: [port] as unknown as MessagePort[] });
    expect(deeds).toEqual([port]);
    stop();
  });

  it('hears that the backend stays down', () => {
    const { link, deeds } = recordingLink();
    const stop = listenForPorts(window, link);
    announce({ type: DESKTOP_CHANNELS.backendState, state: 'down', reason: 'out of memory' });
    announce({ type: DESKTOP_CHANNELS.backendState, state: 'up', reason: null });
    expect(deeds).toEqual(['down: out of memory']);
    stop();
  });

  it('ignores other origins, other windows and other words', () => {
    const { link, deeds } = recordingLink();
    const stop = listenForPorts(window, link);
    const ports = [port] as unknown as MessagePort[];
    announce({ type: DESKTOP_CHANNELS.port }, { ports, origin: 'https://evil.example' });
    announce({ type: DESKTOP_CHANNELS.port }, { ports, source: {} as Window });
    announce({ type: 'something-else' }, { ports });
    announce('podwatt:port', { ports });
    announce({ type: DESKTOP_CHANNELS.port });
    expect(deeds).toEqual([]);
    stop();
  });

  it('is deaf after it was ended', () => {
    const { link, deeds } = recordingLink();
    listenForPorts(window, link)();
    announce({ type: DESKTOP_CHANNELS.port }, { ports: [port] as unknown as MessagePort[] });
    expect(deeds).toEqual([]);
  });
});
