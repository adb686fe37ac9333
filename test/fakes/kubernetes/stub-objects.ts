import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { type RawObject, recordedItems, recordedPods, recording } from './recordings.ts';
import { stubList } from './stub-list.ts';

export interface StubEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: RawObject;
}

interface Watcher {
  readonly path: string;
  readonly outgoing: ServerResponse;
}

type Metadata = { name: string; namespace?: string; uid?: string; resourceVersion?: string };

/** The lists of the recording, by path. */
export function recordedCollections(): Record<string, RawObject[]> {
  return {
    '/api/v1/namespaces': recordedItems('namespaces'),
    '/api/v1/nodes': recordedItems('nodes'),
    '/api/v1/pods': recordedPods(),
    '/api/v1/resourcequotas': recordedItems('resourcequotas'),
    '/api/v1/services': recordedItems('services'),
    '/api/v1/persistentvolumeclaims': recordedItems('persistentvolumeclaims'),
    '/api/v1/secrets': recordedItems('helm-secrets'),
    '/apis/apps/v1/deployments': recordedItems('deployments'),
    '/apis/apps/v1/statefulsets': recordedItems('statefulsets'),
    '/apis/apps/v1/daemonsets': recordedItems('daemonsets'),
    '/apis/apps/v1/replicasets': recordedItems('replicasets'),
    '/apis/batch/v1/jobs': recordedItems('jobs'),
    '/apis/batch/v1/cronjobs': recordedItems('cronjobs'),
    '/apis/storage.k8s.io/v1/storageclasses': recordedItems('storageclasses'),
    '/apis/autoscaling/v2/horizontalpodautoscalers': recordedItems('horizontalpodautoscalers'),
  };
}

/** The events of a recorded watch, for example `watch-pods`. */
export function recordedEvents(name: string): StubEvent[] {
  const file = resolve(import.meta.dirname, `../../fixtures/kubernetes/recorded/${name}.jsonl`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { type, object } = JSON.parse(line) as StubEvent;
      return { type, object };
    });
}

/** Collections of a stub API server that can be listed, watched and changed. */
export class StubObjects {
  readonly #items = new Map<string, Map<string, RawObject>>();
  readonly #log: { path: string; version: number; event: StubEvent }[] = [];
  readonly #watchers = new Set<Watcher>();
  #version = 1504;
  /** Watches from before this version get 410. */
  #oldest = 0;
  /** Most objects a page, below what is asked for. */
  pageSize: number | null = null;
  /** How long each list takes. */
  delayMilliseconds = 0;

  constructor(collections: Readonly<Record<string, readonly RawObject[]>> = recordedCollections()) {
    for (const [path, items] of Object.entries(collections)) {
      this.#items.set(path, new Map(items.map((item) => [keyOf(item), item])));
    }
  }

  items(path: string): RawObject[] {
    return [...(this.#items.get(path)?.values() ?? [])];
  }

  get watching(): number {
    return this.#watchers.size;
  }

  watchingPath(path: string): number {
    return [...this.#watchers].filter((watcher) => watcher.path === path).length;
  }

  /** Something happens: the collection changes, and whoever watches is told. */
  happen(path: string, event: StubEvent): void {
    if (event.type === 'ERROR') {
      this.#tell(path, event);
      return;
    }
    this.#version += 1;
    const version = event.type === 'BOOKMARK' ? (event.object.metadata as Metadata).resourceVersion : undefined;
    const metadata = { ...(event.object.metadata as Metadata), resourceVersion: version ?? String(this.#version) };
    const told = { type: event.type, object: { ...event.object, metadata } };
    const items = this.#items.get(path);
    if (event.type === 'DELETED') items?.delete(keyOf(told.object));
    else if (event.type !== 'BOOKMARK') items?.set(keyOf(told.object), told.object);
    if (event.type !== 'BOOKMARK') this.#log.push({ path, version: this.#version, event: told });
    this.#tell(path, told);
  }

  /** A sign of life to all watches, as the API server sends one about each minute. */
  bookmark(): void {
    const metadata = { resourceVersion: String(this.#version) };
    for (const path of this.#items.keys()) this.#tell(path, { type: 'BOOKMARK', object: { metadata } });
  }

  /** Ends all watches as a server that is shut down in good order. */
  closeWatches(): void {
    for (const { outgoing } of this.#watchers) outgoing.end();
    this.#watchers.clear();
  }

  /** Breaks the connections of all watches. */
  breakWatches(): void {
    for (const { outgoing } of this.#watchers) outgoing.socket?.destroy();
  }

  /** Forgets the past: watches that go on from before now are too old. */
  compact(): void {
    this.#oldest = this.#version + 1;
    this.#version += 1;
  }

  /** False for a path that is not one of the collections. */
  serve(url: URL, outgoing: ServerResponse): boolean {
    const items = this.#items.get(url.pathname);
    if (items === undefined) return false;
    if (url.searchParams.get('watch') === 'true') this.#watch(url, outgoing);
    else setTimeout(() => this.#list(url, [...items.values()], outgoing), this.delayMilliseconds);
    return true;
  }

  #list(url: URL, items: RawObject[], outgoing: ServerResponse): void {
    const query = new URLSearchParams(url.searchParams);
    if (this.pageSize !== null) query.set('limit', String(Math.min(this.pageSize, Number(query.get('limit') ?? 500))));
    const accept = String(outgoing.req.headers.accept ?? '');
    const body = stubList('Item', items, query, accept);
    const metadata = { ...(body.metadata as object), resourceVersion: String(this.#version) };
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify({ ...body, metadata }));
  }

  #watch(url: URL, outgoing: ServerResponse): void {
    const from = Number(url.searchParams.get('resourceVersion') ?? '0');
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    if (from < this.#oldest) {
      const [gone] = recordedEvents('watch-410-gone');
      outgoing.end(`${JSON.stringify(gone)}\n`);
      return;
    }
    outgoing.flushHeaders();
    const watcher = { path: url.pathname, outgoing };
    this.#watchers.add(watcher);
    outgoing.on('close', () => this.#watchers.delete(watcher));
    for (const { path, version, event } of this.#log) {
      if (path === url.pathname && version > from) outgoing.write(`${JSON.stringify(event)}\n`);
    }
  }

  #tell(path: string, event: StubEvent): void {
    for (const watcher of this.#watchers) {
      if (watcher.path === path) watcher.outgoing.write(`${JSON.stringify(event)}\n`);
    }
  }
}

function keyOf(item: RawObject): string {
  const { namespace, name } = item.metadata as Metadata;
  return `${namespace ?? ''}/${name}`;
}

export function expiredContinue(): { status: number; body: RawObject } {
  return { status: 410, body: recording('status-410-expired-continue') };
}
