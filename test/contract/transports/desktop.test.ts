import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/renderer/rpc/create-client.ts';
import { ConnectionLost } from '../../../src/renderer/rpc/failure.ts';
import { BrowserWindow, MessageChannelMain, processes, programs } from '../../fakes/electron/electron.ts';
import { showPage } from '../../fakes/electron/page.ts';
import type { FakeMessagePortMain } from '../../fakes/electron/ports.ts';
import { answers } from '../../fakes/router/answers.ts';
import { type Desktop, startDesktop } from './start-transports.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await startDesktop();
});
afterEach(() => desktop.stop());
const client = () => desktop.connected.client;
const status = () => desktop.connected.connection.get().status;
const lastProcess = () => processes.at(-1)!;

describe('the backend that dies', () => {
  it('rejects calls under way, keeps later ones, and answers them from the next backend', async () => {
    expect(await client().system.version()).toEqual(answers.system.version);
    const stream = await client().system.changes();
    expect(await stream.next()).toMatchObject({ value: { kind: 'hello' } });
    await stream.next();
    const waiting = stream.next();
    waiting.catch(() => undefined);
    lastProcess().end(9);
    await expect(waiting).rejects.toThrow(ConnectionLost);
    await expect.poll(status).toBe('waiting');
    const later = client().system.version();
    expect(await later).toEqual(answers.system.version);
    expect(status()).toBe('up');
    await expect.poll(() => desktop.fake.openStreams()).toBe(0);
  });

  it('stays down after three deaths in a row, tells the page why, and comes back when the page is loaded again', async () => {
    await client().system.version();
    programs.next = (parent) => parent.exit(7);
    lastProcess().end(7);
    await expect.poll(status).toBe('down');
    expect(desktop.connected.connection.get()).toEqual({
      status: 'down',
      reason: 'It ended 3 times in a row (exit code 7)',
    });
    await expect(client().system.version()).rejects.toThrow(ConnectionLost);
    const started = processes.length;
    desktop.page.load();
    await expect.poll(() => processes.length).toBeGreaterThan(started);
  });

  it('is not tried again where it says that it can not start', async () => {
    await client().system.version();
    const started = processes.length;
    programs.next = (parent) => {
      parent.postMessage({ type: 'failed', message: 'The data folder is in use', hint: 'Stop the other Podwatt' });
      setImmediate(() => setImmediate(() => parent.exit(1)));
    };
    lastProcess().end(1);
    await expect.poll(status).toBe('down');
    expect(desktop.connected.connection.get()).toMatchObject({
      reason: 'The data folder is in use. Stop the other Podwatt',
    });
    expect(processes.length).toBe(started + 1);
  });
});

describe('pages', () => {
  it('gives a page that was loaded again a port of its own', async () => {
    await client().system.version();
    const window = BrowserWindow.all.at(-1)!;
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    const page = await showPage(window);
    const again = createClient(page.asWindow());
    page.load();
    expect(await again.client.system.version()).toEqual(answers.system.version);
  });

  it('posts to its own origin only, and nothing but ports and states', async () => {
    await client().system.version();
    expect(desktop.page.posted).toEqual([{ data: { type: 'podwatt:port' }, targetOrigin: 'app://podwatt' }]);
  });
});

describe('hostile frames', () => {
  const hostile: unknown[] = [
    'not json',
    '',
    42,
    null,
    {},
    [],
    { i: '1', p: null },
    new Uint8Array([1, 2, 3]),
    '[]',
    'null',
    '{"i":1,"p":{"u":"/system/version"}}',
    '{"i":"1","p":null}',
    '{"i":"1"}',
    '{"i":"2","p":{"u":7}}',
    '{"i":"3","p":{"u":"http://[bad"}}',
    '{"i":"3b","p":{"u":"https://evil.example/system/version"}}',
    '{"i":"4","t":99}',
    '{"i":"5","t":3}',
    '{"i":"6","t":3,"p":null}',
    '{"i":"7","p":{"u":"/system/version","h":7}}',
    '{"i":"8","p":{"u":"/system/version","h":{"content-type":"text/event-stream"}}}',
    '{"i":"9","p":{"u":"/system/version","h":{"content-disposition":"x"}}}',
    '{"i":"10","p":{"u":"/system/version","m":{}}}',
    `{"i":"11","p":{"u":"/system/version","b":"${'x'.repeat(1_000_000)}"}}`,
    `{"i":"${'y'.repeat(65)}","t":4}`,
  ];

  it('are dropped before the handler, and the next call is answered', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    await client().system.version();
    const { port1, port2 } = new MessageChannelMain();
    desktop.backend.connect(port1 as never);
    const replies: unknown[] = [];
    port2.on('message', ({ data }) => replies.push(data));
    port2.start();
    for (const frame of hostile) port2.postMessage(frame);
    await expect.poll(() => desktop.log.lines.filter((line) => line.includes('malformed')).length).toBe(hostile.length);
    expect(replies).toEqual([]);
    port2.postMessage('{"i":"20","p":{"u":"/system/version"}}');
    await expect.poll(() => replies.length).toBe(1);
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
    port2.close();
  });

  it.each([
    ['an unknown operation', '{"i":"1","p":{"u":"/nope"}}', 404],
    ['a name of the language', '{"i":"1","p":{"u":"/__proto__/toString"}}', 404],
    ['a body that is no input', '{"i":"1","p":{"u":"/metrics/summary","b":[1]}}', 400],
    ['a cancelled call that never was', '{"i":"1","t":4}', null],
  ])('%s is answered as a call', async (_name, frame, expected) => {
    await client().system.version();
    const port = connectRaw();
    const replies: string[] = [];
    port.on('message', ({ data }) => replies.push(String(data)));
    port.start();
    port.postMessage(frame);
    port.postMessage('{"i":"2","p":{"u":"/system/version"}}');
    await expect.poll(() => replies.some((reply) => reply.startsWith('{"i":"2"'))).toBe(true);
    const reply = replies.find((each) => each.startsWith('{"i":"1"'));
    expect(reply === undefined ? null : JSON.parse(reply).p.s).toBe(expected);
    port.close();
  });

  function connectRaw(): FakeMessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    desktop.backend.connect(port1 as never);
    return port2;
  }
});
