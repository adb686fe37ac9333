import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { FakeMessagePortMain } from '../../../fakes/electron/ports.ts';

// Runs the built entry of the backend process: what Electron gives it as `process.parentPort` is made of this thread's.
type Listener = (event: { data: unknown; ports: FakeMessagePortMain[] }) => void;
interface Parcel {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

const line = {
  postMessage: (message: unknown): void => parentPort?.postMessage(message),
  on: (_name: 'message', listener: Listener): void => {
    parentPort?.on('message', ({ data, ports }: Parcel) =>
      listener({ data, ports: ports.map((port) => new FakeMessagePortMain(port)) }),
    );
  },
};
Object.assign(process, { parentPort: line });
await import(pathToFileURL((workerData as { entry: string }).entry).href);
