import type { Log } from '../../backend/log.ts';
import { type FromBackend, ToBackend } from '../../contract/desktop-messages.ts';
import { isFailure } from '../../model/failure.ts';
import type { HostedBackend } from '../../server/hosted-backend.ts';
import type { GuardedPort } from './port-guard.ts';
import { createPortServer } from './port-server.ts';

type BackendPort = GuardedPort & { start(): void };

/** The backend process's line to main; Electron's `process.parentPort` fits. */
export interface ParentLine {
  postMessage(message: FromBackend): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly BackendPort[] }) => void): unknown;
}

export interface BackendHostDeps {
  readonly log: Log;
  startBackend(): Promise<HostedBackend>;
  exit(code: number): void;
}

/** Runs the backend for the desktop app: tells main when it is ready, answers each port it is given, stops when told. */
export async function runBackendHost(parent: ParentLine, deps: BackendHostDeps): Promise<void> {
  const { log } = deps;
  const waiting: BackendPort[] = [];
  let serve = (port: BackendPort): void => void waiting.push(port);
  let hosted: HostedBackend | null = null;
  parent.on('message', ({ data, ports }) => {
    const message = ToBackend.safeParse(data);
    if (!message.success) return;
    switch (message.data.type) {
      case 'port':
        for (const port of ports) serve(port);
        return;
      case 'stop':
        void (hosted?.stop() ?? Promise.resolve()).finally(() => deps.exit(0));
        return;
      case 'key':
        return;
    }
  });
  try {
    hosted = await deps.startBackend();
    serve = createPortServer(hosted.router, log);
    for (const port of waiting.splice(0)) serve(port);
    parent.postMessage({ type: 'ready' });
  } catch (error) {
    log.error({ err: error }, 'The backend could not start');
    // Only what a person can act on is final; anything else is worth another try.
    if (isFailure(error)) parent.postMessage({ type: 'failed', message: error.message, hint: error.hint });
    deps.exit(1);
  }
}
