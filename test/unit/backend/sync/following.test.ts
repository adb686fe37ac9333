import { beforeEach, describe, expect, test } from 'vitest';
import { Following } from '../../../../src/backend/sync/following.ts';
import { SyncCache } from '../../../../src/backend/sync/sync-cache.ts';
import {
  FOLLOWED_RESOURCES,
  type FollowedResource,
  type FollowSink,
  type FollowState,
} from '../../../../src/core/ports/object-feed.ts';
import { Failure } from '../../../../src/model/failure.ts';

let now = 100;
let sinks: Map<FollowedResource, FollowSink>;
let failures: string[];
let following: Following;

beforeEach(async () => {
  now = 100;
  sinks = new Map();
  failures = [];
  following = new Following(
    new SyncCache(() => now),
    () => now,
    (resource, { code }) => failures.push(`${resource} ${code}`),
  );
  const feed = {
    follow: async (resource: FollowedResource, sink: FollowSink) => void sinks.set(resource, sink),
    offerInventory: () => () => undefined,
  };
  await following.run(feed, new AbortController().signal);
});

const list = (resource: FollowedResource) => {
  sinks.get(resource)?.listing();
  sinks.get(resource)?.listed();
};
const say = (resource: FollowedResource, kind: FollowState['kind'], code?: Failure['code']) =>
  sinks.get(resource)?.state({ kind, failure: code === undefined ? null : new Failure(code, `${resource}: ${code}`) });
const listAll = (...but: FollowedResource[]) => {
  for (const resource of FOLLOWED_RESOURCES) if (!but.includes(resource)) list(resource);
};

describe('how a cluster is followed', () => {
  test('it is settled when each resource is listed, refused or absent', async () => {
    let isTold = false;
    void following.settled.then(() => {
      isTold = true;
    });
    listAll('secrets', 'storageclasses');
    say('secrets', 'refused', 'forbidden');
    expect(following.isSettled).toBe(false);
    say('storageclasses', 'absent', 'not-found');
    await Promise.resolve();
    expect([following.isSettled, isTold, following.isWhole, following.failure]).toEqual([true, true, true, null]);
    expect(following.state).toBe('watching');
  });

  test('one that fails is waited for, and keeps the time when all was whole', () => {
    listAll();
    now = 130;
    say('jobs', 'failed', 'unreachable');
    now = 160;
    expect([following.isWhole, following.lastWholeAtSeconds, following.state]).toEqual([false, 130, 'waiting']);
    expect(following.failure?.message).toBe('jobs: unreachable');
    // Nodes and pods are still told of.
    expect(following.cutOffSinceSeconds).toBeNull();
    say('jobs', 'live');
    expect([following.isWhole, following.lastWholeAtSeconds, following.failure]).toEqual([true, 160, null]);
  });

  test('it is cut off since nodes or pods failed first, until both are back', () => {
    listAll();
    say('pods', 'failed', 'timeout');
    now = 130;
    say('nodes', 'failed', 'unreachable');
    say('pods', 'failed', 'unreachable');
    expect(following.cutOffSinceSeconds).toBe(100);
    say('pods', 'live');
    expect(following.cutOffSinceSeconds).toBe(100);
    say('nodes', 'live');
    expect(following.cutOffSinceSeconds).toBeNull();
  });

  test('the same failure is told once, another one again', () => {
    say('pods', 'failed', 'timeout');
    say('pods', 'failed', 'timeout');
    say('pods', 'failed', 'tls');
    expect(failures).toEqual(['pods timeout', 'pods tls']);
  });

  test('notices tell of what an inventory lacks, and of rights that are missing', () => {
    listAll('nodes', 'secrets');
    say('nodes', 'refused', 'forbidden');
    say('secrets', 'refused', 'forbidden');
    say('pods', 'polling', 'forbidden');
    expect(following.inventoryNotices.map(({ code }) => code)).toEqual(['kubernetes-forbidden-nodes']);
    expect(following.missingRights.map(({ code }) => code).sort()).toEqual([
      'sync-forbidden-list-nodes',
      'sync-forbidden-list-secrets',
      'sync-forbidden-watch-pods',
    ]);
    expect(following.state).toBe('polling');
  });
});
