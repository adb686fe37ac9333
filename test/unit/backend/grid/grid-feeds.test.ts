import { afterEach, expect, test } from 'vitest';
import { GridFeeds, type GridFeedsDeps } from '../../../../src/backend/grid/grid-feeds.ts';
import { electricityMapsAnswers, HOUR, NOON } from '../../../fakes/grid/grid-bench.ts';
import { startScriptedService } from '../../../fakes/grid/scripted-service.ts';

const usual = electricityMapsAnswers();
const { signal } = new AbortController();
let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function open(deps: Partial<GridFeedsDeps> = {}, path = '') {
  const service = await startScriptedService((request) =>
    request.path.endsWith('past-range') ? { status: 403, body: {} } : usual(NOON, request),
  );
  const addresses = { electricityMaps: `${service.url}${path}` };
  const feeds = new GridFeeds({ clock: { nowSeconds: () => NOON }, addresses, isOffline: () => false, ...deps });
  ends = [service.stop, () => feeds.close()];
  return { feeds, service };
}

test('offline, no request leaves, whoever asks', async () => {
  let isOffline = true;
  const { feeds, service } = await open({ isOffline: () => isOffline });
  const feed = await feeds.feed('electricity-maps', 'k');
  await expect(feed.latest('DE', 'lifecycle', signal)).rejects.toMatchObject({ code: 'unreachable' });
  expect(service.requests).toEqual([]);
  isOffline = false;
  expect(await feed.latest('DE', 'lifecycle', signal)).toHaveLength(1);
});

test('a gateway may stand below a path', async () => {
  const { feeds, service } = await open({}, '/maps/');
  await (await feeds.feed('electricity-maps', 'k')).latest('DE', 'lifecycle', signal);
  expect(service.requests[0]?.path).toBe('/maps/v3/carbon-intensity/latest');
});

test('each key is used for its own questions, and what its plan allows is learnt for it', async () => {
  const { feeds, service } = await open();
  const span = { startSeconds: NOON - 48 * HOUR, endSeconds: NOON - 30 * HOUR };
  for (const key of ['one', 'one', 'two']) {
    await (await feeds.feed('electricity-maps', key)).past('DE', span, 'lifecycle', signal);
  }
  expect(service.requests.map(({ headers }) => headers['auth-token'])).toEqual(['one', 'two']);
});

test('proxies of the environment hold, except for this machine', async () => {
  const { feeds, service } = await open({
    env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' },
  });
  expect(await (await feeds.feed('electricity-maps', 'k')).latest('DE', 'lifecycle', signal)).toHaveLength(1);
  expect(service.requests).toHaveLength(1);
});

test('may be opened again after it was closed', async () => {
  const { feeds } = await open();
  await (await feeds.feed('electricity-maps', 'k')).latest('DE', 'lifecycle', signal);
  await feeds.close();
  expect(await (await feeds.feed('electricity-maps', 'k')).latest('DE', 'lifecycle', signal)).toHaveLength(1);
});
