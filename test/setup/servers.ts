import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { TestProject } from 'vitest/node';
import { type RunningElasticsearch, startElasticsearch } from '../services/elasticsearch.ts';
import { type RunningPostgres, startPostgres } from '../services/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for one of the servers of this run. */
    readonly servers: string;
  }
}

/** What is asked for, as the path of the question. */
const STARTS = {
  '/postgres/embedded': () => startPostgres({ flavour: 'embedded' }),
  '/postgres/debian': () => startPostgres({ flavour: 'debian' }),
  '/elasticsearch/8.19.0': () => startElasticsearch({ version: '8.19.0' }),
  '/elasticsearch/9.2.0': () => startElasticsearch({ version: '9.2.0' }),
} as const satisfies Record<string, () => Promise<RunningPostgres | RunningElasticsearch>>;

export type SharedServer = keyof typeof STARTS;

/** One for all projects of a run: each of them sets up on its own. */
interface Desk {
  users: number;
  readonly started: Map<string, Promise<RunningPostgres | RunningElasticsearch>>;
  readonly server: Server;
  readonly url: string;
}

const shared = globalThis as { podwattServerDesk?: Promise<Desk> };

/** Real servers start when the first test asks for them, once a run, and end with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.podwattServerDesk ??= openDesk();
  const desk = await shared.podwattServerDesk;
  desk.users += 1;
  project.provide('servers', desk.url);
  return async () => {
    desk.users -= 1;
    if (desk.users > 0) return;
    delete shared.podwattServerDesk;
    desk.server.close();
    desk.server.closeAllConnections();
    for (const starting of desk.started.values()) {
      await starting.then(
        (running) => running.remove(),
        () => undefined,
      );
    }
  };
}

async function openDesk(): Promise<Desk> {
  const started: Desk['started'] = new Map();
  const server = createServer(({ url }, response) => {
    const path = url ?? '';
    const start = Object.entries(STARTS).find(([name]) => name === path)?.[1];
    if (start === undefined) {
      response.writeHead(404).end();
      return;
    }
    const starting = started.get(path) ?? start();
    started.set(path, starting);
    starting.then(
      (running) => response.end(JSON.stringify(running)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The run ends when its tests have; this desk doesn't keep it open.
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the desk of servers');
  return { users: 0, started, server, url: `http://127.0.0.1:${address.port}` };
}
