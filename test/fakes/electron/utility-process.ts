import { EventEmitter } from 'node:events';
import type { FakeMessagePortMain } from './ports.ts';

type Listener = (event: { data: unknown; ports: FakeMessagePortMain[] }) => void;

/** What a program sees of its parent: `process.parentPort`. */
export interface FakeParentPort {
  on(event: 'message', listener: Listener): void;
  postMessage(message: unknown): void;
  /** Ends the process, as `process.exit` would. */
  exit(code: number): void;
}

/** A process that runs a function in place of a file. Messages are cloned and come later, as between processes. */
export class FakeUtilityProcess extends EventEmitter {
  readonly path: string;
  readonly args: readonly string[];
  readonly #listeners: Listener[] = [];
  readonly #ports = new Set<FakeMessagePortMain>();
  #hasEnded = false;

  constructor(path: string, args: readonly string[], program: (parent: FakeParentPort) => void) {
    super();
    this.path = path;
    this.args = args;
    const parent: FakeParentPort = {
      on: (_event, listener) => void this.#listeners.push(listener),
      postMessage: (message) => {
        const copy: unknown = structuredClone(message);
        setImmediate(() => this.#hasEnded || this.emit('message', copy));
      },
      exit: (code) => this.end(code),
    };
    setImmediate(() => program(parent));
  }

  postMessage(message: unknown, ports: FakeMessagePortMain[] = []): void {
    const copy: unknown = structuredClone(message);
    for (const port of ports) this.#ports.add(port);
    setImmediate(() => {
      if (this.#hasEnded) return;
      for (const listener of this.#listeners) listener({ data: copy, ports });
    });
  }

  kill(): boolean {
    this.end(143);
    return true;
  }

  /** Ends the process; its ports close with it. */
  end(code: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const port of this.#ports) port.close();
    setImmediate(() => this.emit('exit', code));
  }
}
