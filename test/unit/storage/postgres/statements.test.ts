import { describe, expect, it, vi } from 'vitest';
import { DIMENSIONS } from '../../../../src/core/ports/results-store.ts';
import { KeyCache } from '../../../../src/storage/postgres/key-cache.ts';
import { numbered } from '../../../../src/storage/postgres/numbered.ts';
import { monthOf, monthStart, partitionName } from '../../../../src/storage/postgres/partitions.ts';
import { quoteIdentifier, quoteText } from '../../../../src/storage/postgres/quoting.ts';
import { countStatement, likeOf, rowsStatement } from '../../../../src/storage/postgres/read-rows.ts';
import { Session } from '../../../../src/storage/postgres/session.ts';
import { breakdownStatement } from '../../../../src/storage/sql/breakdown-question.ts';
import { filterConditions } from '../../../../src/storage/sql/filter-conditions.ts';
import { withGrouped } from '../../../../src/storage/sql/grouped-sums.ts';
import { IN_CLEAR } from '../../../../src/storage/sql/key-style.ts';
import { piecesOf } from '../../../../src/storage/sql/pieces.ts';
import { podsByGroup } from '../../../../src/storage/sql/present-pods.ts';
import { seriesStatement } from '../../../../src/storage/sql/series-question.ts';
import { sampleRow } from '../../../contract/storage/sample-windows.ts';

const ALL = { clusterIds: [] };
const range = { startSeconds: 300, endSeconds: 200_000 };

describe('numbered', () => {
  it('numbers parameters in order, and leaves texts and names alone', () => {
    expect(numbered('a = ? AND b = ?')).toBe('a = $1 AND b = $2');
    expect(numbered(`a = '?' AND "?" = ? AND b = 'it''s ?'`)).toBe(`a = '?' AND "?" = $1 AND b = 'it''s ?'`);
    expect(numbered('SELECT 1')).toBe('SELECT 1');
  });
});

describe('quoting', () => {
  it('keeps names and texts what they are', () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteText("it's")).toBe("'it''s'");
    expect(quoteText('a\\b')).toBe("E'a\\\\b'");
  });
});

describe('months', () => {
  it.each([
    ['2025-12-31T23:59:59Z', 'combined_metrics_2025_12', '2025-12-01T00:00:00Z'],
    ['2026-01-01T00:00:00Z', 'combined_metrics_2026_01', '2026-01-01T00:00:00Z'],
    ['2028-02-29T12:00:00Z', 'combined_metrics_2028_02', '2028-02-01T00:00:00Z'],
    ['1969-12-31T23:59:59Z', 'combined_metrics_1969_12', '1969-12-01T00:00:00Z'],
  ])('%s is in %s', (at, name, start) => {
    const month = monthOf(Date.parse(at) / 1000);
    expect(partitionName('combined_metrics', month)).toBe(name);
    expect(monthStart(month)).toBe(Date.parse(start) / 1000);
    expect(monthOf(monthStart(month + 1) - 1)).toBe(month);
  });
});

describe('likeOf', () => {
  it('turns globs into patterns, and takes no sign of LIKE for itself', () => {
    expect(likeOf('a*b?')).toBe('a%b_');
    expect(likeOf('50%_!')).toBe('50!%!_!!');
  });
});

describe('shared statements over texts in clear', () => {
  const pieces = piecesOf([range]);
  const question = { clusterKeys: [1, 2], filter: { ...ALL, namespace: 'shop', team: 'x' }, pieces };

  it('have as many places as parameters, for every dimension', () => {
    for (const groupBy of DIMENSIONS) {
      const page = {
        filter: question.filter,
        range,
        by: groupBy,
        sort: 'co2e',
        descending: true,
        limit: 5,
        offset: 0,
      } as const;
      for (const statement of [
        withGrouped({ ...question, groupBy }, IN_CLEAR),
        seriesStatement({ ...question, groupBy }, 3, IN_CLEAR),
        breakdownStatement({ ...page, search: 'a' }, [1], IN_CLEAR),
        podsByGroup({ clusterKeys: [1], filter: question.filter, range, groupBy }, 'a', IN_CLEAR),
      ]) {
        expect(statement.text.split('?').length - 1).toBe(statement.parameters.length);
        expect(statement.text).not.toMatch(/\bFROM texts\b|instr\(|MIN\(place/);
      }
    }
  });

  it('ask piece by piece, rows by their own time', () => {
    const { text } = withGrouped({ ...question, groupBy: null }, IN_CLEAR);
    expect(text.match(/CROSS JOIN LATERAL/g)).toHaveLength(3);
    expect(text).toMatch(/FROM result_rows WHERE cluster_id = ANY\(.*timestamp >= to_timestamp\(p\.lo\)/);
    expect(text).toContain('FROM rollup_day_workload WHERE cluster_key IN (1, 2)');
  });

  it('compare with the text itself; none is the empty one', () => {
    expect(filterConditions({ ...ALL, team: '' }, IN_CLEAR)).toEqual({
      text: "AND CASE WHEN k.row_kind = 0 THEN k.team ELSE k.namespace END = ''",
      parameters: [],
    });
    expect(filterConditions({ ...ALL, workload: '__system__' }, IN_CLEAR).text).toContain("k.workload_kind = ''");
    expect(filterConditions({ ...ALL, pod: 'a' }, IN_CLEAR)).toEqual({ text: 'AND k.pod = ?', parameters: ['a'] });
  });

  it('page rows of each cluster by its index, no further than the page goes', () => {
    const query = { filter: ALL, podPattern: 'ca*', range, limit: 50, offset: 100 };
    expect(rowsStatement(query, [3, 4]).text).toMatch(/LIMIT 150\) found WHERE c\.id IN \(3, 4\).*LIMIT 50 OFFSET 100/);
    expect(rowsStatement(query, [3, 4]).parameters).toEqual(['ca%']);
    // Ordered as the index is: else the planner reads a month to find as many.
    expect(countStatement(query, [3]).text).toContain('ORDER BY r.timestamp LIMIT 10001');
  });
});

describe('Session', () => {
  function fake(): { client: never; asked: string[] } {
    const asked: string[] = [];
    const query = async (text: string | { name: string; text: string }) => {
      asked.push(typeof text === 'string' ? text : `${text.name}: ${text.text}`);
      if (text === 'fail') throw new Error('failed');
      return { rows: [{ one: 1 }], rowCount: 1 };
    };
    return { client: { query } as never, asked };
  }

  it('undoes a transaction that fails, and only that', async () => {
    const { client, asked } = fake();
    const session = new Session(client);
    expect(await session.transaction(async () => session.change('ok'))).toBe(1);
    await expect(session.transaction(() => session.query('fail'))).rejects.toThrow('failed');
    expect(asked).toEqual(['BEGIN', 'ok', 'COMMIT', 'BEGIN', 'fail', 'ROLLBACK']);
  });

  it('asks nothing more once it was cancelled', async () => {
    const { client, asked } = fake();
    const controller = new AbortController();
    const session = new Session(client, controller.signal);
    await session.query('first');
    controller.abort();
    await expect(session.query('second')).rejects.toMatchObject({ code: 'cancelled' });
    await expect(session.change('third')).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual(['first']);
  });

  it('names a prepared statement by its text', async () => {
    const { client, asked } = fake();
    const session = new Session(client);
    await session.prepared('SELECT 1', []);
    await session.prepared('SELECT 2', []);
    await session.prepared('SELECT 1', []);
    expect(asked[0]).toBe(asked[2]);
    expect(asked[0]?.split(':')[0]).not.toBe(asked[1]?.split(':')[0]);
  });
});

describe('KeyCache', () => {
  /** Answers each question for ids with the next ones. */
  function counting(): { session: Session; found: string[][] } {
    const found: string[][] = [];
    let next = 100;
    const query = vi.fn(async (text: string, values: readonly string[][]) => {
      if (!text.startsWith('SELECT')) return { rows: [] };
      found.push(values[3] ?? []);
      return { rows: (values[3] ?? []).map(() => ({ id: next++ })) };
    });
    return { session: new Session({ query } as never), found };
  }
  const cluster = { id: 1, version: 1 };
  const [a, b] = [sampleRow({ podName: 'a' }), sampleRow({ podName: 'b' })];

  it('asks for what it does not know, each once, in order', async () => {
    const { session, found } = counting();
    const cache = new KeyCache();
    const first = await cache.idsOf(session, cluster, [a, b, a]);
    expect(first.ids).toEqual([100, 101, 100]);
    first.remember();
    expect((await cache.idsOf(session, cluster, [b, a])).ids).toEqual([101, 100]);
    expect(found).toEqual([['a', 'b']]);
  });

  it('forgets what was never committed, and what is of another cluster or version', async () => {
    const { session, found } = counting();
    const cache = new KeyCache();
    await cache.idsOf(session, cluster, [a]);
    (await cache.idsOf(session, cluster, [a])).remember();
    expect(found).toHaveLength(2);
    await cache.idsOf(session, { id: 2, version: 1 }, [a]);
    await cache.idsOf(session, { id: 1, version: 2 }, [a]);
    expect(found).toHaveLength(4);
    expect((await cache.idsOf(session, cluster, [a])).ids).toEqual([101]);
  });
});
