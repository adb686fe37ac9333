import { expect, test } from 'vitest';
import { type Change, ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';

const windows = (clusterId: string, startSeconds: number): Change => ({
  kind: 'windows',
  clusterId,
  range: { startSeconds, endSeconds: startSeconds + 300 },
});

test('followers get what is published from their call on', async () => {
  const feed = new ChangeFeed();
  const stop = new AbortController();
  feed.publish({ kind: 'contexts' });
  const followed = feed.follow(stop.signal);
  feed.publish({ kind: 'clusters', clusterId: 'a' });
  expect((await followed.next()).value).toEqual({ kind: 'clusters', clusterId: 'a' });
  const next = followed.next();
  await settle(3);
  feed.publish({ kind: 'contexts' });
  expect((await next).value).toEqual({ kind: 'contexts' });
});

test('a slow follower gets windows of one cluster merged, and never a queue that grows', async () => {
  const feed = new ChangeFeed();
  const followed = feed.follow(new AbortController().signal);
  for (let start = 3000; start >= 0; start -= 300) feed.publish(windows('a', start));
  feed.publish(windows('b', 600));
  feed.publish({ kind: 'contexts' });
  feed.publish({ kind: 'contexts' });
  const got = [(await followed.next()).value, (await followed.next()).value, (await followed.next()).value];
  expect(got).toEqual([
    { kind: 'windows', clusterId: 'a', range: { startSeconds: 0, endSeconds: 3300 } },
    windows('b', 600),
    { kind: 'contexts' },
  ]);
});

test('a follower that leaves is forgotten', async () => {
  const feed = new ChangeFeed();
  const stop = new AbortController();
  const byAbort = feed.follow(stop.signal);
  const byReturn = feed.follow(new AbortController().signal);
  feed.publish({ kind: 'contexts' });
  await byReturn.next();
  expect(feed.followers).toBe(2);
  await byReturn.return();
  const pending = byAbort.next().then(() => byAbort.next());
  stop.abort();
  expect((await pending).done).toBe(true);
  expect(feed.followers).toBe(0);
});
