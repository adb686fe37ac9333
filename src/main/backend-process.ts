import type { MessagePortMain, UtilityProcess } from 'electron';
import { FromBackend, type ToBackend } from '../contract/desktop-messages.ts';

const MAX_DEATHS_IN_A_ROW = 3;
const FIRST_DELAY_MILLISECONDS = 500;
/** A backend that lived this long died of something new. */
const SETTLED_MILLISECONDS = 60_000;
const STOP_LIMIT_MILLISECONDS = 3000;

export type BackendState =
  | { readonly status: 'starting' }
  | { readonly status: 'up' }
  | { readonly status: 'down'; readonly reason: string };

export interface BackendProcessDeps {
  fork(): UtilityProcess;
  /** What the backend seals secrets with, in base64; null: it takes a key of its own. */
  key(): string | null;
  nowMilliseconds(): number;
  /** Calls back later; returns what takes the call back. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The backend as main sees it: a process that is started again when it dies, up to three times in a row. */
export interface BackendProcess {
  readonly state: BackendState;
  onState(listener: (state: BackendState) => void): void;
  /** Starts it; where it stays down, tries afresh. Nothing happens while it is starting or up. */
  start(): void;
  /** Hands a window's port over; false while the backend is not up. */
  connect(port: MessagePortMain): boolean;
  /** Ends it for good; done when it is gone, or was made to go. */
  stop(): Promise<void>;
}

export function createBackendProcess(deps: BackendProcessDeps): BackendProcess {
  const listeners: ((state: BackendState) => void)[] = [];
  let state: BackendState = { status: 'down', reason: 'It was not started yet' };
  let child: UtilityProcess | null = null;
  let deathsInARow = 0;
  let isStopping = false;
  let cancelRestart = (): void => undefined;

  const enter = (next: BackendState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  const launch = () => {
    const launched = deps.fork();
    const startedAt = deps.nowMilliseconds();
    let failure: string | null = null;
    child = launched;
    launched.on('message', (raw: unknown) => {
      const message = FromBackend.safeParse(raw);
      if (!message.success || child !== launched) return;
      switch (message.data.type) {
        case 'asks-key':
          launched.postMessage({ type: 'key', key: deps.key() } satisfies ToBackend);
          return;
        case 'ready':
          enter({ status: 'up' });
          return;
        case 'failed':
          failure = [message.data.message, message.data.hint].filter((part) => part !== null).join('. ');
          return;
      }
    });
    // Electron tells of a fatal error (out of memory) before the exit; without a listener it would be thrown here.
    launched.on('error', () => undefined);
    launched.on('exit', (code: number) => {
      if (child !== launched) return;
      child = null;
      onDeath(failure, code, deps.nowMilliseconds() - startedAt);
    });
  };

  const onDeath = (failure: string | null, code: number, livedMilliseconds: number) => {
    if (isStopping) return;
    deathsInARow = livedMilliseconds >= SETTLED_MILLISECONDS ? 1 : deathsInARow + 1;
    if (failure !== null || deathsInARow >= MAX_DEATHS_IN_A_ROW) {
      enter({ status: 'down', reason: failure ?? `It ended ${deathsInARow} times in a row (exit code ${code})` });
      return;
    }
    enter({ status: 'starting' });
    cancelRestart = deps.after(FIRST_DELAY_MILLISECONDS * 2 ** (deathsInARow - 1), launch);
  };

  return {
    get state() {
      return state;
    },
    onState: (listener) => void listeners.push(listener),
    start: () => {
      if (state.status !== 'down' || isStopping) return;
      deathsInARow = 0;
      enter({ status: 'starting' });
      launch();
    },
    connect: (port) => {
      if (child === null || state.status !== 'up') return false;
      child.postMessage({ type: 'port' } satisfies ToBackend, [port]);
      return true;
    },
    stop: async () => {
      isStopping = true;
      cancelRestart();
      const last = child;
      if (last === null) return;
      const gone = new Promise<void>((done) => last.once('exit', () => done()));
      last.postMessage({ type: 'stop' } satisfies ToBackend);
      const cancelKill = deps.after(STOP_LIMIT_MILLISECONDS, () => last.kill());
      await gone;
      cancelKill();
    },
  };
}
