// Serves a store that is there, at the time of its fleet; ends when its input ends, and tells its peak memory.

import { createBackend } from '../../src/backend/create-backend.ts';
import { startHttpHost } from '../../src/server/http-host.ts';
import { keepHeapSmall } from '../../src/server/small-heap.ts';
import { stderrLog } from '../fakes/backend/stderr-log.ts';

// As every host does.
keepHeapSmall();

const [dataDir = '', file = '', now = ''] = process.argv.slice(2);
const backend = await createBackend({
  dataDir,
  dataTablesDir: 'resources/data',
  version: '0.0.0-test',
  contextSources: [],
  store: { settings: { kind: 'sqlite', file }, chosenBy: 'command' },
  clock: { nowSeconds: () => Number(now) },
  log: stderrLog,
});
const host = await startHttpHost({
  router: backend.router,
  host: '127.0.0.1',
  port: 0,
  token: null,
  staticDir: dataDir,
  docsDir: dataDir,
  version: '0.0.0-test',
  log: stderrLog,
});
console.log(host.url);
for await (const _ of process.stdin);
await host.close();
await backend.stop();
console.log(String(process.resourceUsage().maxRSS * 1024));
