import type { MessagePort } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import { noteDamage } from './damage/damage-note.ts';
import { openForReading } from './open-database.ts';
import { READ_OPERATIONS } from './read-operations.ts';

/** Opens the file for reading and answers the reading calls of a port. */
export function serveReads(port: MessagePort, file: string): void {
  const database = openForReading(file);
  const operations = Object.fromEntries(
    Object.entries(READ_OPERATIONS).map(([name, read]) => [
      name,
      // One transaction, so that all statements of an answer see the same state.
      database.transaction((_: null, input: never) => read(database, input)),
    ]),
  );
  answerCalls(
    port,
    operations,
    null,
    () => database.close(),
    () => noteDamage(file),
  );
}
