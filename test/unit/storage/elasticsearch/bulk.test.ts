import { errors } from '@elastic/elasticsearch';
import { describe, expect, it } from 'vitest';
import { bulk, type Operation } from '../../../../src/storage/elasticsearch/bulk.ts';
import { Requests } from '../../../../src/storage/elasticsearch/requests.ts';
import { failureCodeOf } from '../../../contract/storage/store-fixture.ts';

interface Sent {
  readonly path: string;
  readonly bulkBody: string;
}

const QUICK = { tries: 3, firstMilliseconds: 1, mostMilliseconds: 2, random: () => 0 };

/** A client that takes down what is sent, and answers each item by its id and how often it came. */
function stub(statusOf: (id: string, time: number) => number, milliseconds = 0) {
  const sent: Sent[] = [];
  const times = new Map<string, number>();
  const refreshed: string[][] = [];
  let running = 0;
  let most = 0;
  const client = {
    transport: {
      request: async (params: Sent) => {
        sent.push(params);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        running -= 1;
        const actions = params.bulkBody
          .split('\n')
          .filter((line) => line.includes('"_id"'))
          .map((line) => JSON.parse(line) as Record<string, { _id: string }>);
        const items = actions.map((action) => {
          const [kind, { _id }] = Object.entries(action)[0]!;
          times.set(_id, (times.get(_id) ?? 0) + 1);
          const status = statusOf(_id, times.get(_id) ?? 0);
          return { [kind]: { status, ...(status < 300 ? {} : { error: { type: 'some_exception' } }) } };
        });
        return { errors: items.some((item) => Object.values(item)[0]!.status >= 300), items };
      },
    },
    indices: {
      refresh: async ({ index }: { index: string[] }) => {
        refreshed.push(index);
      },
    },
  };
  const requests = new Requests(client as unknown as ConstructorParameters<typeof Requests>[0], QUICK);
  return { requests, sent, refreshed, times, most: () => most };
}

const put = (id: string, size = 10): Operation => ({
  kind: 'put',
  index: 'i',
  id,
  document: { text: 'x'.repeat(size) },
});

describe('bulk', () => {
  it('sends a small one in one request that makes it visible', async () => {
    const { requests, sent, refreshed } = stub(() => 201);
    await bulk(requests, [put('a'), { kind: 'delete', index: 'j', id: 'b' }]);
    expect(sent.map(({ path }) => path)).toEqual(['/_bulk?refresh=true']);
    expect(sent[0]?.bulkBody).toBe(
      '{"index":{"_index":"i","_id":"a"}}\n{"text":"xxxxxxxxxx"}\n{"delete":{"_index":"j","_id":"b"}}\n',
    );
    expect(refreshed).toEqual([]);
  });

  it('sends nothing for nothing', async () => {
    const { requests, sent } = stub(() => 201);
    await bulk(requests, []);
    expect(sent).toEqual([]);
  });

  it('cuts a large one into pieces, two at a time, asks before each further one, and makes all visible at the end', async () => {
    const { requests, sent, refreshed, most } = stub(() => 201, 5);
    let asked = 0;
    const operations = Array.from({ length: 12 }, (_, index) => put(`d${index}`, 2_000_000));
    await bulk(requests, operations, async () => {
      asked += 1;
    });
    expect(sent).toHaveLength(6);
    expect(asked).toBe(5);
    expect(most()).toBe(2);
    expect(refreshed).toEqual([['i']]);
  });

  it('stops where it may not go on', async () => {
    const { requests, sent } = stub(() => 201);
    const operations = Array.from({ length: 12 }, (_, index) => put(`d${index}`, 2_000_000));
    const stopped = bulk(requests, operations, async () => {
      throw new Error('lost');
    });
    await expect(stopped).rejects.toThrow('lost');
    expect(sent).toHaveLength(1);
  });

  it('sends again only what was refused for being too much', async () => {
    const { requests, sent, times } = stub((id, time) => (id === 'b' && time < 3 ? 429 : 201));
    await bulk(requests, [put('a'), put('b'), put('c')]);
    expect(sent).toHaveLength(3);
    expect([...times]).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 1],
    ]);
  });

  it('gives up after its tries', async () => {
    const { requests, sent } = stub(() => 503);
    expect(await failureCodeOf(bulk(requests, [put('a')]))).toBe('store-away');
    expect(sent).toHaveLength(4);
  });

  it('takes what is not there any more as deleted, and any other refusal as a failure', async () => {
    const { requests } = stub((id) => (id === 'gone' ? 404 : 400));
    await bulk(requests, [{ kind: 'delete', index: 'i', id: 'gone' }]);
    expect(await failureCodeOf(bulk(requests, [put('gone')]))).toBe('store');
    expect(await failureCodeOf(bulk(requests, [put('bad')]))).toBe('store');
  });

  it('fails as a whole where no answer comes', async () => {
    const client = {
      transport: {
        request: async () => {
          throw new errors.ConnectionError('refused');
        },
      },
    };
    const requests = new Requests(client as unknown as ConstructorParameters<typeof Requests>[0], QUICK);
    expect(await failureCodeOf(bulk(requests, [put('a')]))).toBe('store-away');
  });
});
