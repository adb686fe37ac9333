import { parentPort, workerData } from 'node:worker_threads';
import { storeFailure } from './open-database.ts';
import { isWorkerStart, plainFailure, type Reply } from './worker-messages.ts';

// A thread of the results store: one opens the file for writing and migrates it, the others read. Each loads only what
// its part needs, so that the store is open sooner.
async function run(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('results-worker runs as a worker only');
  const say = (reply: Reply): void => port.postMessage(reply);
  try {
    if (!isWorkerStart(workerData)) throw new TypeError('results-worker was started with wrong data');
    const { file, role, heals } = workerData;
    if (role === 'writer') {
      const { serveWrites } = await import('./serve-writes.ts');
      say({ kind: 'ready', recovery: await serveWrites(port, file, heals === true) });
    } else {
      (await import('./serve-reads.ts')).serveReads(port, file);
      say({ kind: 'ready', recovery: null });
    }
  } catch (error) {
    say({ kind: 'not-ready', failure: plainFailure(storeFailure(error, 'The results file could not be opened')) });
    port.close();
  }
}

await run();
