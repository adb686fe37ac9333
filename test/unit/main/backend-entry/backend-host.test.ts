import { afterEach, describe, expect, it } from 'vitest';
import { runBackendHost } from '../../../../src/main/backend-entry/backend-host.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeMessageChannelMain, type FakeMessagePortMain } from '../../../fakes/electron/ports.ts';
import { createRecordingLog } from '../../../fakes/router/recording-log.ts';
import { createFakeRouter } from '../../../fakes/router/router.ts';

type Listener = (event: { data: unknown; ports: readonly FakeMessagePortMain[] }) => void;

const channels: FakeMessageChannelMain[] = [];
afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close();
});

function start(startBackend?: () => Promise<never>) {
  const sent: unknown[] = [];
  const exits: number[] = [];
  const stops: string[] = [];
  let listener: Listener = () => undefined;
  const hosted = { url: '', router: createFakeRouter().router, stop: async () => void stops.push('stopped') };
  const begin = Promise.withResolvers<void>();
  const running = runBackendHost(
    {
      postMessage: (message) => void sent.push(message),
      on: (_name, given) => {
        listener = given;
      },
    },
    {
      log: createRecordingLog(),
      startBackend: startBackend ?? (() => begin.promise.then(() => hosted)),
      exit: (code) => void exits.push(code),
    },
  );
  return {
    sent,
    exits,
    stops,
    running,
    begin: begin.resolve,
    say: (data: unknown, ports: FakeMessagePortMain[] = []) => listener({ data, ports }),
  };
}

function channel(): FakeMessageChannelMain {
  const made = new FakeMessageChannelMain();
  channels.push(made);
  return made;
}

describe('the backend process', () => {
  it('answers ports that came before it was ready', async () => {
    const host = start();
    const { port1, port2 } = channel();
    host.say({ type: 'port' }, [port1]);
    const replies: unknown[] = [];
    port2.on('message', ({ data }) => replies.push(data));
    port2.start();
    port2.postMessage('{"i":"1","p":{"u":"/system/version"}}');
    expect(host.sent).toEqual([]);
    host.begin();
    await host.running;
    expect(host.sent).toEqual([{ type: 'ready' }]);
    await expect.poll(() => replies).toEqual(['{"i":"1","p":{"b":{"json":{"version":"0.0.0-test"}}}}']);
  });

  it('stops its backend when told, then ends; other messages mean nothing', async () => {
    const host = start();
    host.begin();
    await host.running;
    host.say('stop');
    host.say({ type: 'dance' });
    expect(host.exits).toEqual([]);
    host.say({ type: 'stop' });
    await expect.poll(() => host.exits).toEqual([0]);
    expect(host.stops).toEqual(['stopped']);
  });

  it('says why it can not start where a person can act on it', async () => {
    const host = start(() =>
      Promise.reject(new Failure('conflict', 'The folder is in use', { hint: 'Stop the other one' })),
    );
    await host.running;
    expect(host.sent).toEqual([{ type: 'failed', message: 'The folder is in use', hint: 'Stop the other one' }]);
    expect(host.exits).toEqual([1]);
  });

  it('just ends where nobody foresaw the reason, so that it is tried again', async () => {
    const host = start(() => Promise.reject(new Error('secret')));
    await host.running;
    expect([host.sent, host.exits]).toEqual([[], [1]]);
  });
});
