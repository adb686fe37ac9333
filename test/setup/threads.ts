import { type BundledThreads, bundleThreads } from '../../scripts/threads.ts';

/** One for all projects of a run: each of them sets up on its own. */
const shared = globalThis as { podwattThreads?: { users: number; readonly bundled: Promise<BundledThreads> } };

/** Tests start the threads of the product as bundles, as the product does: see `workerUrl`. */
export default async function setup(): Promise<() => Promise<void>> {
  shared.podwattThreads ??= { users: 0, bundled: bundleThreads() };
  const threads = shared.podwattThreads;
  threads.users += 1;
  const { folder, remove } = await threads.bundled;
  process.env.PODWATT_THREADS = folder;
  return async () => {
    threads.users -= 1;
    if (threads.users === 0) remove();
  };
}
