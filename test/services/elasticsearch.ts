import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fastFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { findJavaHome } from './java-homes.ts';
import { ServerProcess } from './server-process.ts';

/** Each is tried with `@elastic/elasticsearch` 8.19. */
export type ElasticsearchVersion = '8.19.0' | '9.2.0';

export interface ElasticsearchAddress {
  readonly url: string;
  /** As the server says it. */
  readonly version: string;
}

export interface RunningElasticsearch extends ElasticsearchAddress {
  /** In order. */
  stop(): Promise<void>;
  /** Again on the same port, with the same data. */
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

const SOURCES = resolve(import.meta.dirname, 'elasticsearch');
const SOURCE_FILES = [
  'build.sh',
  'pom.xml',
  'src/main/java/dev/podwatt/EsTestServer.java',
  'src-root/dev/podwatt/RootPlugin.java',
];
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/podwatt-elasticsearch');

/** Java that runs this version; null where there is none. 8.19 wants the security manager, which Java 24 took away. */
export function javaFor(version: ElasticsearchVersion): string | null {
  return version === '8.19.0' ? findJavaHome(17, 23) : findJavaHome(21);
}

/** A real Elasticsearch, one node, on a free loopback port with an own data folder. */
export async function startElasticsearch({
  version = '8.19.0',
}: {
  readonly version?: ElasticsearchVersion;
} = {}): Promise<RunningElasticsearch> {
  const javaHome = javaFor(version);
  if (javaHome === null) throw new Error(`no Java for Elasticsearch ${version}`);
  const built = await build(version, javaHome);
  const data = await mkdtemp(join(fastFolder(), 'podwatt-elasticsearch-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = new ServerProcess({
    program: join(built, 'start.sh'),
    args: [javaHome, data, String(port)],
    isReady: () =>
      fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=5s`).then(
        (response) => response.ok,
        () => false,
      ),
  });
  const remove = async (): Promise<void> => {
    await server.end('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };
  try {
    await server.start();
    const about = (await (await fetch(url)).json()) as { version: { number: string } };
    return {
      url,
      version: about.version.number,
      start: () => server.start(),
      stop: () => server.end('SIGTERM'),
      kill: () => server.end('SIGKILL'),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Built once for these sources; two processes that build at once do not disturb each other, and the first one wins. */
async function build(version: ElasticsearchVersion, javaHome: string): Promise<string> {
  const hash = createHash('sha256').update(javaHome);
  for (const file of SOURCE_FILES) hash.update(await readFile(join(SOURCES, file)));
  const folder = join(CACHE, `${version}-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(join(CACHE, 'building-'));
  try {
    await promisify(execFile)(join(SOURCES, 'build.sh'), [version, javaHome, partial], { timeout: 600_000 });
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
