import type { FollowSink, FollowState } from '../../../core/ports/object-feed.ts';
import { Failure, isFailure } from '../../../model/failure.ts';
import type { ClusterHttp } from '../api/cluster-http.ts';
import { AskedToWait, listPages } from './list-pages.ts';
import {
  POLL_MILLISECONDS,
  pauseMilliseconds,
  REFUSED_MILLISECONDS,
  SHORT_WATCH_MILLISECONDS,
  type WatchPace,
} from './pace.ts';
import type { WatchedResource } from './resources.ts';
import { WatchBroken, watchOnce } from './watch-once.ts';

type Next = 'watch' | 'list';

/**
 * Follows one resource until the signal fires: a list in pages, then watches one after the other, each from where the last
 * one ended. An expired version leads back to the list; failures are tried again with growing pauses.
 */
export async function followResource(
  http: ClusterHttp,
  resource: WatchedResource,
  sink: FollowSink,
  pace: WatchPace,
  signal: AbortSignal,
): Promise<void> {
  await new Following(http, resource, sink, pace, signal).run();
}

class Following {
  readonly #http: ClusterHttp;
  readonly #resource: WatchedResource;
  readonly #sink: FollowSink;
  readonly #pace: WatchPace;
  readonly #signal: AbortSignal;
  #version = '';
  #failures = 0;
  #openedAt: number | null = null;

  constructor(http: ClusterHttp, resource: WatchedResource, sink: FollowSink, pace: WatchPace, signal: AbortSignal) {
    this.#http = http;
    this.#resource = resource;
    this.#sink = sink;
    this.#pace = pace;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    let next: Next = 'list';
    while (!this.#signal.aborted) {
      try {
        next = next === 'list' ? await this.#list() : await this.#watch();
      } catch (error) {
        if (this.#signal.aborted) return;
        next = await this.#failed(next, error);
      }
    }
  }

  async #list(): Promise<Next> {
    this.#tell('listing', null);
    const { listing, put, listed } = this.#sink;
    const pages = { begin: () => listing.call(this.#sink), put: put.bind(this.#sink) };
    this.#version = await listPages(this.#http, this.#resource, pages, this.#signal);
    listed.call(this.#sink);
    return 'watch';
  }

  async #watch(): Promise<Next> {
    const beganAt = this.#pace.nowMilliseconds();
    this.#openedAt = null;
    const sink = {
      opened: () => {
        this.#openedAt = this.#pace.nowMilliseconds();
        this.#tell('live', null);
      },
      put: this.#sink.put.bind(this.#sink),
      gone: this.#sink.gone.bind(this.#sink),
    };
    const end = await watchOnce(this.#http, this.#resource, this.#version, sink, this.#pace, this.#signal);
    this.#version = end.version;
    switch (end.kind) {
      case 'refused':
        this.#failures = 0;
        this.#tell('polling', end.failure);
        await this.#pace.wait(POLL_MILLISECONDS, this.#signal);
        return 'list';
      case 'expired':
        // A server that takes back at once what it has just listed must not be asked without end.
        await this.#pauseIfShort(beganAt);
        return 'list';
      case 'closed':
        await this.#pauseIfShort(beganAt);
        return 'watch';
    }
  }

  async #pauseIfShort(beganAt: number): Promise<void> {
    if (this.#pace.nowMilliseconds() - beganAt >= SHORT_WATCH_MILLISECONDS) {
      this.#failures = 0;
      return;
    }
    this.#failures += 1;
    await this.#pause(0);
  }

  async #failed(during: Next, error: unknown): Promise<Next> {
    const broken = error instanceof WatchBroken;
    if (broken) this.#version = error.version;
    const failure = failureOf(broken ? error.failure : error);
    if (during === 'list' && (failure.code === 'forbidden' || failure.code === 'not-found')) {
      this.#failures = 0;
      this.#tell(failure.code === 'forbidden' ? 'refused' : 'absent', failure);
      await this.#pace.wait(REFUSED_MILLISECONDS, this.#signal);
      return 'list';
    }
    // A watch that had stood for a while is no failure in a row with the one before.
    const stood = this.#openedAt !== null && this.#pace.nowMilliseconds() - this.#openedAt >= SHORT_WATCH_MILLISECONDS;
    this.#failures = broken && stood ? 1 : this.#failures + 1;
    this.#tell('failed', failure);
    await this.#pause(failure instanceof AskedToWait ? failure.seconds : 0);
    return during;
  }

  #pause(askedSeconds: number): Promise<void> {
    return this.#pace.wait(pauseMilliseconds(this.#failures, this.#pace.random(), askedSeconds), this.#signal);
  }

  #tell(kind: FollowState['kind'], failure: Failure | null): void {
    this.#sink.state({ kind, failure });
  }
}

function failureOf(error: unknown): Failure {
  return isFailure(error)
    ? error
    : new Failure('unexpected', 'Following the cluster failed in a way that Podwatt did not expect.', { cause: error });
}
