import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  /** True once the server answers. */
  isReady(): Promise<boolean>;
}

const READY_SECONDS = 90;

// A run that ends early leaves no server behind.
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One server that can be ended and started again, any number of times. */
export class ServerProcess {
  readonly #launch: Launch;
  #child: ChildProcess | null = null;
  #said: string[] = [];

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it and waits until it answers; one that ends early (an old one still lets go of its files) is tried again. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const deadline = Date.now() + READY_SECONDS * 1000;
    this.#spawn();
    while (Date.now() < deadline) {
      if (!this.isRunning) {
        await sleep(300);
        this.#spawn();
      }
      if (await this.#launch.isReady()) return;
      await sleep(50);
    }
    await this.end('SIGKILL');
    throw new Error(
      `${this.#launch.program} was not ready after ${READY_SECONDS} s: ${this.#said.join('').slice(-800)}`,
    );
  }

  /** Sends the signal and waits until the process is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === null || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  #spawn(): void {
    const { program, args, uid, gid } = this.#launch;
    const account = uid === undefined || gid === undefined ? {} : { uid, gid };
    // The open pipe to its input tells a server that its parent lives.
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...account });
    this.#said = [];
    const listen = (chunk: Buffer): void => {
      this.#said.push(chunk.toString());
      if (this.#said.length > 50) this.#said.shift();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => this.#said.push(error.message));
    child.stdin.on('error', () => undefined);
    running.add(child);
    child.on('exit', () => running.delete(child));
    this.#child = child;
  }
}
