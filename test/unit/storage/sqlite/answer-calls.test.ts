import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { answerCalls } from '../../../../src/storage/sqlite/answer-calls.ts';
import { CLOSE_OPERATION, handOver } from '../../../../src/storage/sqlite/worker-messages.ts';

let asking: MessagePort;
let answering: MessagePort;
let replies: unknown[];
let closed: number;
let made: Float64Array<ArrayBuffer>[];
beforeEach(() => {
  ({ port1: asking, port2: answering } = new MessageChannel());
  replies = [];
  closed = 0;
  made = [];
  asking.on('message', (message) => void replies.push(message));
  const operations = {
    double: (context: { factor: number }, input: number) => input * context.factor,
    count: (_: unknown, input: readonly unknown[]) => input.length,
    figures: (_: unknown, input: readonly number[]) => {
      const figures = Float64Array.from(input);
      made.push(figures);
      return handOver({ figures }, [figures.buffer]);
    },
    refuse: () => {
      throw new Failure('conflict', 'Too old', { hint: 'Start again.', cause: new Error('secret') });
    },
    break: () => {
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_FULL' });
    },
  };
  answerCalls(answering, operations, { factor: 2 }, () => {
    closed += 1;
  });
});
afterEach(() => {
  asking.close();
  answering.close();
});

const ask = (...messages: unknown[]) => {
  for (const message of messages) asking.postMessage(message);
};
const replied = (count: number) => expect.poll(() => replies.length).toBe(count);

describe('calls on a port', () => {
  it('are answered in their order, each by its own number', async () => {
    ask({ id: 7, operation: 'double', input: 21 }, { id: 3, operation: 'count', input: ['a', 'b'] });
    await replied(2);
    expect(replies).toEqual([
      { kind: 'answer', id: 7, value: 42 },
      { kind: 'answer', id: 3, value: 2 },
    ]);
  });

  it('give large answers away in place of copying them', async () => {
    ask({ id: 1, operation: 'figures', input: [1.5, 2] });
    await replied(1);
    expect(replies).toEqual([{ kind: 'answer', id: 1, value: { figures: Float64Array.of(1.5, 2) } }]);
    expect(made.map(({ length, buffer }) => [length, buffer.detached])).toEqual([[0, true]]);
  });

  it('that fail are refused with code and way out, and the next is answered', async () => {
    ask({ id: 1, operation: 'refuse' }, { id: 2, operation: 'break' }, { id: 3, operation: 'double', input: 1 });
    await replied(3);
    expect(replies).toEqual([
      { kind: 'refusal', id: 1, failure: { code: 'conflict', message: 'Too old', hint: 'Start again.' } },
      {
        kind: 'refusal',
        id: 2,
        failure: {
          code: 'store',
          message: expect.stringContaining('disk I/O error'),
          hint: expect.stringContaining('full'),
        },
      },
      { kind: 'answer', id: 3, value: 2 },
    ]);
    expect(JSON.stringify(replies)).not.toContain('secret');
  });

  it.each(['nothing', 'toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    'of no operation (%s) are refused',
    async (operation) => {
      ask({ id: 1, operation, input: null });
      await replied(1);
      expect(replies[0]).toMatchObject({ kind: 'refusal', id: 1, failure: { code: 'store' } });
    },
  );

  it('without the form of a call are left unanswered', async () => {
    ask(
      'double',
      null,
      { id: 'x', operation: 'double' },
      { operation: 'double' },
      { id: 1, operation: 'double', input: 1 },
    );
    await replied(1);
    expect(replies).toEqual([{ kind: 'answer', id: 1, value: 2 }]);
  });

  it('end with the one to close: it is answered, and nothing after it', async () => {
    const gone = new Promise<void>((resolve) => asking.once('close', () => resolve()));
    ask(
      { id: 1, operation: 'double', input: 1 },
      { id: 2, operation: CLOSE_OPERATION },
      { id: 3, operation: 'double', input: 1 },
    );
    await gone;
    expect(replies).toEqual([
      { kind: 'answer', id: 1, value: 2 },
      { kind: 'answer', id: 2, value: undefined },
    ]);
    expect(closed).toBe(1);
  });
});
