import type { MessagePort } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import { noteDamage } from './damage/damage-note.ts';
import { healResults, type Recovery } from './damage/heal-stores.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openForWriting } from './open-database.ts';
import { WRITE_OPERATIONS } from './write-operations.ts';
import { WindowWriter } from './write-window.ts';

/**
 * Opens the file, migrates it and answers the writing calls of a port. With `heals`, a damaged file is first replaced by
 * what can be read of it.
 */
export async function serveWrites(port: MessagePort, file: string, heals: boolean): Promise<Recovery | null> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const recovery = heals ? await healResults(file, nowSeconds) : null;
  const database = await openForWriting(file, MIGRATIONS, nowSeconds);
  answerCalls(
    port,
    WRITE_OPERATIONS,
    { database, windows: new WindowWriter(database) },
    () => database.close(),
    () => noteDamage(file),
  );
  return recovery;
}
