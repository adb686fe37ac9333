import { parentPort, workerData } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openForReading, openForWriting, storeFailure } from './open-database.ts';
import { READ_OPERATIONS, WRITE_OPERATIONS } from './operations.ts';
import { isWorkerStart, plainFailure, type Reply } from './worker-messages.ts';
import { WindowWriter } from './write-window.ts';

// A thread of the results store: one opens the file for writing and migrates it, the others read.
async function run(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('results-worker runs as a worker only');
  const say = (reply: Reply): void => port.postMessage(reply);
  try {
    if (!isWorkerStart(workerData)) throw new TypeError('results-worker was started with wrong data');
    const { file, role } = workerData;
    if (role === 'writer') {
      const database = await openForWriting(file, MIGRATIONS, Math.floor(Date.now() / 1000));
      answerCalls(port, WRITE_OPERATIONS, { database, windows: new WindowWriter(database) }, () => database.close());
    } else {
      const database = openForReading(file);
      const operations = Object.fromEntries(
        Object.entries(READ_OPERATIONS).map(([name, read]) => [
          name,
          // One transaction, so that all statements of an answer see the same state.
          database.transaction((_: null, input: never) => read(database, input)),
        ]),
      );
      answerCalls(port, operations, null, () => database.close());
    }
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'not-ready', failure: plainFailure(storeFailure(error, 'The results file could not be opened')) });
    port.close();
  }
}

await run();
