import { describe, expect, it } from 'vitest';
import { newHead } from '../../../../src/storage/elasticsearch/cluster-head.ts';
import { IndexNames } from '../../../../src/storage/elasticsearch/index-names.ts';
import { isoOf } from '../../../../src/storage/elasticsearch/instants.ts';
import { RowReader } from '../../../../src/storage/elasticsearch/read-rows.ts';
import { rowDocument } from '../../../../src/storage/elasticsearch/row-document.ts';
import type { Store } from '../../../../src/storage/elasticsearch/store.ts';
import { CLUSTER, DAY, NEW_YEAR, sampleRow } from '../../../contract/storage/sample-windows.ts';

interface Body {
  readonly size: number;
  readonly from?: number;
  readonly search_after?: [number];
  readonly _source?: false;
  readonly track_total_hits: boolean | number;
}

/** A store of `count` rows that answers searches as Elasticsearch does, its window of 10,000 results included. */
function storeOf(count: number) {
  const asked: Body[] = [];
  const window = { startSeconds: NEW_YEAR, durationSeconds: 300 } as const;
  const document = (place: number) => rowDocument(sampleRow({ podName: `p-${place}` }), window, isoOf(NEW_YEAR), 'g');
  const search = async (_: unknown, body: Body) => {
    asked.push(body);
    if (body.size === 0)
      return { hits: { total: { value: Math.min(count, Number(body.track_total_hits)) }, hits: [] } };
    const first = body.search_after === undefined ? (body.from ?? 0) : body.search_after[0] + 1;
    if (body.search_after === undefined && first + body.size > 10_000) throw new Error('Result window is too large');
    if (body.size > 10_000) throw new Error('Result window is too large');
    const places = Array.from({ length: Math.max(0, Math.min(body.size, count - first)) }, (_, index) => first + index);
    const hits = places.map((place) => ({
      sort: [place],
      ...(body._source === false ? {} : { _source: document(place) }),
    }));
    return { hits: { hits } };
  };
  const heads = { list: async () => [newHead(CLUSTER, 1)] };
  const store = { requests: { search }, names: new IndexNames('p'), heads } as unknown as Store;
  return { reader: new RowReader(store), asked };
}

const ask = (offset: number, limit: number) => ({
  filter: { clusterIds: [] },
  podPattern: null,
  range: { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY },
  offset,
  limit,
});

describe('pages of rows', () => {
  it.each([
    [0, 3, 0, 3],
    [9990, 10, 9990, 10],
    [9995, 10, 9995, 10],
    [10_000, 5, 10_000, 5],
    [25_000, 7, 25_000, 7],
    [29_998, 7, 29_998, 2],
    [30_000, 7, 0, 0],
    [99_000, 7, 0, 0],
    [0, 12_000, 0, 12_000],
  ])('from %i, %i long, are the right rows', async (offset, limit, first, count) => {
    const { reader } = storeOf(30_000);
    const { rows, total, totalIsLowerBound } = await reader.read(ask(offset, limit));
    expect(rows).toHaveLength(count);
    if (count > 0) expect([rows[0]?.podName, rows.at(-1)?.podName]).toEqual([`p-${first}`, `p-${first + count - 1}`]);
    expect([total, totalIsLowerBound]).toEqual([10_000, true]);
  });

  it('one after the other each need one search, however far they are', async () => {
    const { reader, asked } = storeOf(30_000);
    await reader.read(ask(20_000, 100));
    const before = asked.length;
    const { rows } = await reader.read(ask(20_100, 100));
    expect(rows[0]?.podName).toBe('p-20100');
    // One that counts, one that brings the page.
    expect(asked.length - before).toBe(2);
  });

  it('bring no content of rows that are walked over', async () => {
    const { reader, asked } = storeOf(30_000);
    await reader.read(ask(25_000, 5));
    const walked = asked.filter(({ size }) => size > 5);
    expect(walked.length).toBe(3);
    expect(walked.every(({ _source }) => _source === false)).toBe(true);
  });
});
