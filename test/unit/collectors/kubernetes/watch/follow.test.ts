import { afterEach, describe, expect, test } from 'vitest';
import { followResource } from '../../../../../src/collectors/kubernetes/watch/follow.ts';
import { IDLE_MILLISECONDS, pauseMilliseconds } from '../../../../../src/collectors/kubernetes/watch/pace.ts';
import { watchedResource } from '../../../../../src/collectors/kubernetes/watch/resources.ts';
import { DEFAULT_OWNER_LABELS } from '../../../../../src/core/kubernetes/owner-labels.ts';
import type { FollowSink } from '../../../../../src/core/ports/object-feed.ts';
import { Failure } from '../../../../../src/model/failure.ts';
import type { HttpResponse, HttpStream } from '../../../../../src/net/http-client.ts';
import { ManualTime } from '../../../../fakes/backend/manual-time.ts';
import { recording } from '../../../../fakes/kubernetes/recordings.ts';
import { recordedEvents } from '../../../../fakes/kubernetes/stub-objects.ts';
import { fakeHttp, json } from '../api/fake-http.ts';

const namespace = (name: string) => ({ metadata: { name, uid: `uid-${name}` } });
const page = (names: string[], more: object = {}) =>
  json({ metadata: { resourceVersion: '10', ...more }, items: names.map(namespace) });

/** A watch that a test feeds. */
class OpenWatch implements HttpStream {
  readonly status = 200;
  #parts: (string | Error | null)[] = [];
  #wake: () => void = () => undefined;

  say(type: string, name: string, version: string): void {
    const { metadata } = namespace(name);
    this.#add(`${JSON.stringify({ type, object: { metadata: { ...metadata, resourceVersion: version } } })}\n`);
  }
  raw(line: object): void {
    this.#add(`${JSON.stringify(line)}\n`);
  }
  end(): void {
    this.#add(null);
  }
  fail(error: Error): void {
    this.#add(error);
  }
  get body() {
    return this.#read();
  }
  #add(part: string | Error | null): void {
    this.#parts.push(part);
    this.#wake();
  }
  async *#read() {
    for (;;) {
      const part = this.#parts.shift();
      if (part === null) return;
      if (part instanceof Error) throw part;
      if (part !== undefined) yield Buffer.from(part);
      else
        await new Promise<void>((done) => {
          this.#wake = done;
        });
    }
  }
}

const stop = { current: new AbortController() };
afterEach(() => stop.current.abort());

function following(list: (url: URL) => HttpResponse, watch?: (url: URL, opened: number) => HttpStream) {
  const time = new ManualTime(1_000);
  const watches: OpenWatch[] = [];
  let opened = 0;
  const http = fakeHttp(
    (_, url) => list(url),
    (request, url) => {
      opened += 1;
      const answer = watch?.(url, opened);
      if (answer !== undefined) return answer;
      const open = new OpenWatch();
      request.signal?.addEventListener('abort', () => open.fail(new Failure('cancelled', 'cancelled')));
      watches.push(open);
      return open;
    },
  );
  const told: string[] = [];
  const sink: FollowSink = {
    listing: () => told.push('listing'),
    put: (seen) => told.push(`put ${seen.name}`),
    gone: (seen) => told.push(`gone ${seen.name}`),
    listed: () => told.push('listed'),
    state: ({ kind, failure }) => told.push(failure === null ? kind : `${kind} ${failure.code}`),
  };
  const pace = {
    nowMilliseconds: () => time.nowMilliseconds(),
    wait: (milliseconds: number, signal: AbortSignal) => time.wait(milliseconds, signal),
    random: () => 0,
  };
  stop.current = new AbortController();
  const resource = watchedResource('namespaces', DEFAULT_OWNER_LABELS);
  const ended = followResource(http, resource, sink, pace, stop.current.signal);
  const versions = () =>
    http.requests.map(({ path }) => {
      const query = new URL(path, 'https://h').searchParams;
      return query.get('watch') === 'true' ? `watch ${query.get('resourceVersion')}` : 'list';
    });
  return { http, time, told, watches, versions, ended };
}

describe('following a resource', () => {
  test('lists in pages, watches from the list’s version, and tells what happens', async () => {
    const { time, told, watches, http, ended } = following((url) =>
      url.searchParams.get('continue') === 'more' ? page(['b']) : page(['a'], { continue: 'more' }),
    );
    await time.advance(0);
    expect(told).toEqual(['listing', 'listing', 'put a', 'put b', 'listed', 'live']);
    const watch = new URL(http.requests[2]?.path ?? '', 'https://h').searchParams;
    expect(Object.fromEntries(watch)).toMatchObject({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
    });
    told.length = 0;
    watches[0]?.say('ADDED', 'c', '11');
    watches[0]?.say('BOOKMARK', '', '12');
    watches[0]?.say('DELETED', 'a', '13');
    await time.advance(0);
    expect(told).toEqual(['put c', 'gone a']);
    stop.current.abort();
    await ended;
  });

  test('goes on from the last bookmark where the server ends a watch', async () => {
    const { time, watches, versions } = following(() => page([]));
    await time.advance(120);
    watches[0]?.raw({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '42' } } });
    watches[0]?.end();
    await time.advance(1);
    expect(versions()).toEqual(['list', 'watch 10', 'watch 42']);
  });

  test('goes on from the last event where a watch breaks, after a pause', async () => {
    const { time, watches, told, versions } = following(() => page([]));
    await time.advance(120);
    watches[0]?.say('ADDED', 'c', '11');
    watches[0]?.fail(new Failure('unreachable', 'cut'));
    await time.advance(0);
    expect(told.at(-1)).toBe('failed unreachable');
    expect(versions()).toEqual(['list', 'watch 10']);
    await time.advance(1.1);
    expect(versions()).toEqual(['list', 'watch 10', 'watch 11']);
    expect(told.at(-1)).toBe('live');
  });

  test.each([
    ['an event', () => undefined],
    ['its answer', () => ({ status: 410, body: (async function* () {})() })],
  ])('lists again where %s says that the version is too old', async (_, answer) => {
    const { time, watches, versions } = following(
      () => page([]),
      (_url, opened) => (opened === 1 ? answer() : undefined) as HttpStream,
    );
    await time.advance(0);
    const [gone] = recordedEvents('watch-410-gone');
    watches[0]?.raw(gone ?? {});
    await time.advance(1.1);
    expect(versions().slice(0, 3)).toEqual(['list', 'watch 10', 'list']);
  });

  test('a list whose continue token expired begins anew', async () => {
    let refused = 0;
    const { time, told } = following((url) => {
      if (url.searchParams.get('continue') === null) return page(['a'], { continue: 'more' });
      refused += 1;
      return refused === 1 ? json(recording('status-410-expired-continue'), 410) : page(['b']);
    });
    await time.advance(0);
    expect(told).toEqual(['listing', 'listing', 'put a', 'listing', 'put a', 'put b', 'listed', 'live']);
  });

  test('takes a watch that is silent for dead', async () => {
    const { time, told, versions } = following(() => page([]));
    await time.advance(IDLE_MILLISECONDS / 1000 - 1);
    expect(told.at(-1)).toBe('live');
    await time.advance(2);
    expect(told).toContain('failed timeout');
    await time.advance(2);
    expect(versions().length).toBeGreaterThan(2);
  });

  test('a sign of life keeps it alive', async () => {
    const { time, watches, told } = following(() => page([]));
    for (let minute = 0; minute < 10; minute += 1) {
      await time.advance(60);
      watches[0]?.raw({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '42' } } });
      await time.advance(0);
    }
    expect(told.filter((each) => each.startsWith('failed'))).toEqual([]);
  });

  test('polls where watches are forbidden', async () => {
    const body = () =>
      (async function* () {
        yield Buffer.from(JSON.stringify(recording('status-403-pods')));
      })();
    const { time, told, versions } = following(
      () => page(['a']),
      () => ({ status: 403, body: body() }),
    );
    await time.advance(0);
    expect(told.at(-1)).toBe('polling forbidden');
    await time.advance(61);
    expect(versions()).toEqual(['list', 'watch 10', 'list', 'watch 10']);
  });

  test.each([
    ['refused forbidden', 403, recording('status-403-pods')],
    ['absent not-found', 404, '404 page not found\n'],
  ])('a list that is %s is asked for again after minutes', async (state, status, body) => {
    const { time, told, http } = following(() => json(body, status));
    await time.advance(0);
    expect(told.at(-1)).toBe(state);
    await time.advance(200);
    expect(http.requests).toHaveLength(1);
    await time.advance(101);
    expect(http.requests).toHaveLength(2);
  });

  test('failures in a row make longer pauses; Retry-After is heeded', async () => {
    const { time, http } = following(() => json('busy', 500));
    await time.advance(60);
    expect(http.requests.length).toBeGreaterThan(4);
    expect(http.requests.length).toBeLessThan(9);
    const asked = following(() => ({ ...json('slow down', 429), retryAfterSeconds: 30 }));
    await asked.time.advance(29);
    expect(asked.http.requests).toHaveLength(1);
    await asked.time.advance(2);
    expect(asked.http.requests).toHaveLength(2);
  });

  test('a server that ends each watch at once is not asked without end', async () => {
    const { time, http } = following(
      () => page([]),
      () => ({ status: 200, body: (async function* () {})() }),
    );
    await time.advance(60);
    expect(http.requests.length).toBeLessThan(12);
  });

  test('what is no Kubernetes is a failure, not an endless loop', async () => {
    const { time, told } = following(() => json('<html>sign in</html>'));
    await time.advance(0);
    expect(told.at(-1)).toBe('failed bad-answer');
  });
});

describe('pauses', () => {
  test('double from a second to a minute, less up to half by chance, at least what is asked for up to a minute', () => {
    expect([1, 2, 3, 7, 50].map((failures) => pauseMilliseconds(failures, 0))).toEqual([
      1000, 2000, 4000, 60_000, 60_000,
    ]);
    expect(pauseMilliseconds(2, 0.999)).toBeCloseTo(1001, 0);
    expect(pauseMilliseconds(1, 0, 30)).toBe(30_000);
    expect(pauseMilliseconds(1, 0, 3_600)).toBe(60_000);
  });
});
