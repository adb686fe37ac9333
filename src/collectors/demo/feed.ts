import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import type { FollowSink, ObjectFeed } from '../../core/ports/object-feed.ts';
import type { Seen } from '../../model/kubernetes/seen.ts';
import type { OpenedSample } from './demo-layouts.ts';
import { seenObjectsOf } from './seen-objects.ts';

/** Jobs begin and end, pods are replaced: what changed is told so often. */
const LOOK_AGAIN_MILLISECONDS = 60_000;

/** The objects of the sample as they change, told like those of a real cluster. */
export function createDemoFeed(
  open: () => Promise<OpenedSample>,
  clock: Clock,
  lookAgainMilliseconds = LOOK_AGAIN_MILLISECONDS,
): ObjectFeed {
  let made: { readonly atSeconds: number; readonly objects: ReturnType<typeof seenObjectsOf> } | null = null;
  /** All resources are asked for at once: they share what is made for one moment. */
  const objectsNow = async (): Promise<ReturnType<typeof seenObjectsOf>> => {
    const sample = await open();
    const atSeconds = clock.nowSeconds();
    if (made?.atSeconds !== atSeconds) made = { atSeconds, objects: seenObjectsOf(sample, atSeconds) };
    return made.objects;
  };
  return {
    follow: async (resource, sink, signal) => {
      const told = new Map<string, { readonly text: string; readonly object: Seen }>();
      const first = (await objectsNow()).get(resource) ?? [];
      if (signal.aborted) return;
      sink.listing();
      tell(first, told, sink);
      sink.listed();
      while (await waited(lookAgainMilliseconds, signal)) {
        tell((await objectsNow()).get(resource) ?? [], told, sink);
      }
    },
    // The sample's own inventory is made in a moment; nobody needs an offer.
    offerInventory: () => () => undefined,
  };
}

/** What is new or another than before, then what is gone. */
function tell(
  objects: readonly Seen[],
  told: Map<string, { readonly text: string; readonly object: Seen }>,
  sink: Pick<FollowSink, 'put' | 'gone'>,
): void {
  const now = new Set<string>();
  for (const object of objects) {
    const key = 'namespace' in object ? `${object.namespace}/${object.name}` : object.name;
    const text = JSON.stringify(object);
    now.add(key);
    if (told.get(key)?.text === text) continue;
    told.set(key, { text, object });
    sink.put(object);
  }
  for (const [key, { object }] of told) {
    if (now.has(key)) continue;
    told.delete(key);
    sink.gone(object);
  }
}

/** False where the signal fired first. Nothing stays alive for it. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(milliseconds, undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}
