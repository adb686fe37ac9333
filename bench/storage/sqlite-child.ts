// A process that only reads: opens the file, asks the seven questions, says how long they took and its peak memory.
import { keepHeapSmall } from '../../src/server/small-heap.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { askAll } from './questions.ts';

// As every host does.
keepHeapSmall();

const store = await openSqliteResults({ file: process.argv[2] ?? '' });
const figures = await askAll(store);
await store.close();
console.log(JSON.stringify({ figures, peakBytes: process.resourceUsage().maxRSS * 1024 }));
