// Opens a store that is there, asks what every route asks, and says what came and its own peak memory.

import { NOW } from '../../bench/storage/fleet.ts';
import { askAll } from '../../bench/storage/questions.ts';
import { DIMENSIONS } from '../../src/core/ports/results-store.ts';
import { keepHeapSmall } from '../../src/server/small-heap.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { DAY, HOUR } from '../contract/storage/sample-windows.ts';

// As every host does.
keepHeapSmall();

const ALL = { clusterIds: [] };
const end = Math.ceil(NOW / HOUR) * HOUR;
const ranges = [DAY, 7 * DAY, 30 * DAY, 365 * DAY].map((seconds) => ({ startSeconds: end - seconds, endSeconds: end }));
const store = await openSqliteResults({ file: process.argv[2] ?? '' });
let answers = 0;
for (const range of ranges) {
  for (const by of DIMENSIONS) {
    const page = {
      filter: ALL,
      range,
      by,
      sort: 'co2e',
      descending: true,
      limit: 200,
      offset: 0,
      search: null,
    } as const;
    const { items, groupCount } = await store.breakdown(page);
    if (items.length === 0 || groupCount < items.length) throw new Error(`breakdown by ${by} is empty`);
    const seconds = (range.endSeconds - range.startSeconds) / 30;
    const buckets = Array.from({ length: 30 }, (_, index) => ({
      startSeconds: range.startSeconds + Math.floor((index * seconds) / HOUR) * HOUR,
      endSeconds: range.startSeconds + Math.floor(((index + 1) * seconds) / HOUR) * HOUR,
    }));
    const series = await store.series({ filter: ALL, buckets, groupBy: by, top: 10 });
    if (series.length === 0) throw new Error(`series by ${by} is empty`);
    answers += 2;
  }
  await store.nodes([], range);
  for await (const points of store.report({ filter: ALL, buckets: [range], groupBy: 'pod' })) answers += points.length;
}
const figures = await askAll(store);
const contents = await store.contents();
await store.close();
console.log(
  JSON.stringify({
    answers,
    figures,
    rows: contents.tables.find(({ table }) => table === 'combined_metrics')?.rows,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
