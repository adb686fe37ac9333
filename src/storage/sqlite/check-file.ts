import Database from 'better-sqlite3';
import type { StoreProblem } from '../../core/ports/store-care.ts';
import { storeFailure } from './open-database.ts';
import { verifyStep, verifySteps } from './verify.ts';

/**
 * All that is wrong with a store's file, which is only read: another process may be writing to it. A file that can't be
 * read at all is one problem. `onProgress` is told after each piece; the signal is heeded between two.
 */
export async function checkSqliteFile(
  file: string,
  onProgress: (done: number, of: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<readonly StoreProblem[]> {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
    const problems: StoreProblem[] = [];
    const steps = verifySteps(database, null);
    for (const [done, step] of steps.entries()) {
      // Lets a signal come in.
      await new Promise((next) => setImmediate(next));
      signal?.throwIfAborted();
      problems.push(...verifyStep(database, step));
      onProgress(done + 1, steps.length);
    }
    return problems;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return [{ table: '', what: storeFailure(error, 'The file could not be read').message }];
  } finally {
    database?.close();
  }
}
