import type { Log } from '../backend/log.ts';
import { type Ownership, takeOwnership } from '../backend/ownership/ownership.ts';
import { Failure } from '../model/failure.ts';
import type { CheckToken } from './access.ts';
import type { AppRouter } from './app-router.ts';
import { startHttpHost } from './http-host.ts';
import type { Places } from './places.ts';
import { DEFAULT_REQUESTS_PER_SECOND } from './request-rates.ts';

/** What a host needs of a backend. */
export interface BackendLike {
  readonly router: AppRouter;
  /** Looks a token up that a person made for programs; left out where there are none. */
  readonly checkToken?: CheckToken;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface HostedBackendOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Token of the printed address; null where anyone on this machine may ask. */
  readonly token: string | null;
  /** Requests a second that each client may send, 50 where left out; null: as many as it likes. */
  readonly requestsPerSecond?: number | null;
  readonly places: Places;
  readonly log: Log;
  createBackend(): Promise<BackendLike>;
}

export interface HostedBackend {
  readonly url: string;
  readonly router: AppRouter;
  stop(): Promise<void>;
}

/**
 * Takes a data folder, makes its backend, and answers for it over HTTP; what was begun is undone where a step fails.
 * @throws Failure 'conflict' where the folder has an owner or the port is taken
 */
export async function startHostedBackend(options: HostedBackendOptions): Promise<HostedBackend> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const ownership = await takeOwnership(options.dataDir);
    undo.push(() => ownership.release());
    const backend = await options.createBackend();
    undo.push(() => backend.stop());
    const http = await listen(options, backend, ownership);
    undo.push(() => http.close());
    await backend.start();
    await ownership.announce(http.url);
    return { url: http.url, router: backend.router, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listen(options: HostedBackendOptions, backend: BackendLike, ownership: Ownership) {
  const { host, port, token, requestsPerSecond = DEFAULT_REQUESTS_PER_SECOND, places, log } = options;
  const { router, checkToken } = backend;
  const { staticDir, docsDir, version } = places;
  try {
    return await startHttpHost({
      router,
      host,
      port,
      token,
      ownerToken: ownership.token,
      requestsPerSecond,
      ...(checkToken === undefined ? {} : { checkToken }),
      staticDir,
      docsDir,
      version,
      log,
    });
  } catch (error) {
    throw explainListen(error, host, port);
  }
}

/** Why an address can't be listened on, and what to do; other errors as they are. */
export function explainListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return new Failure('conflict', `Port ${port} on ${host} is taken`, {
      cause: error,
      hint: 'Choose another with --port, or any free one with --port 0.',
    });
  }
  if (code === 'EACCES') {
    return new Failure('forbidden', `Port ${port} is not allowed for this user`, {
      cause: error,
      hint: 'Choose a port above 1023 with --port.',
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure('bad-input', `${host} is not an address of this machine`, {
      cause: error,
      hint: 'Use --host 127.0.0.1.',
    });
  }
  return error;
}
