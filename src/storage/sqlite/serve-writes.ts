import type { MessagePort } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openForWriting } from './open-database.ts';
import { WRITE_OPERATIONS } from './write-operations.ts';
import { WindowWriter } from './write-window.ts';

/** Opens the file, migrates it and answers the writing calls of a port. */
export async function serveWrites(port: MessagePort, file: string): Promise<void> {
  const database = await openForWriting(file, MIGRATIONS, Math.floor(Date.now() / 1000));
  answerCalls(port, WRITE_OPERATIONS, { database, windows: new WindowWriter(database) }, () => database.close());
}
