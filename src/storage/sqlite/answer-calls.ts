import type { MessagePort } from 'node:worker_threads';
import { isDamage } from './damage/damage-note.ts';
import { storeFailure } from './open-database.ts';
import { CLOSE_OPERATION, isCall, plainFailure, type Reply, transferOf } from './worker-messages.ts';

type Operation<Context> = (context: Context, input: never) => unknown;

/** Answers calls on a port, one after the other, by the operations of that name; `onDamage`: one met a damaged page. */
export function answerCalls<Context>(
  port: MessagePort,
  operations: Readonly<Record<string, Operation<Context>>>,
  context: Context,
  close: () => void,
  onDamage: () => void = () => undefined,
): void {
  port.on('message', (message: unknown) => {
    if (!isCall(message)) return;
    const { id, operation, input } = message;
    const reply = answer(id, onDamage, () =>
      operation === CLOSE_OPERATION ? close() : perform(operations, operation, context, input),
    );
    port.postMessage(reply, transferOf(reply));
    if (operation === CLOSE_OPERATION) port.close();
  });
}

function answer(id: number, onDamage: () => void, work: () => unknown): Reply {
  try {
    return { kind: 'answer', id, value: work() };
  } catch (error) {
    if (isDamage(error)) onDamage();
    return { kind: 'refusal', id, failure: plainFailure(storeFailure(error, 'The results store could not answer')) };
  }
}

function perform<Context>(
  operations: Readonly<Record<string, Operation<Context>>>,
  name: string,
  context: Context,
  input: unknown,
): unknown {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw new TypeError(`the store knows no operation ${name}`);
  // The sender's types say what each operation takes: see ReadOperations and WriteOperations.
  return operation(context, input as never);
}
