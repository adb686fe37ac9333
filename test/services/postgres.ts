import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { type PostgresFlavour, postgresFolder, readableFolder, serverAccount } from './postgres-binaries.ts';
import { ServerProcess } from './server-process.ts';

/** How one reaches a server, as its superuser. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** As the server says it, for example `18.4`. */
  readonly version: string;
  /** `postgres://user:password@host:port`, without a database. */
  readonly url: string;
}

export interface RunningPostgres extends PostgresAddress {
  /** `fast` ends sessions in order; `immediate` drops everything, as a crash does, and is recovered with the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Again on the same port, with the same data. */
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** A new, empty database; its name. */
  createDatabase(): Promise<string>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

export interface PostgresStart {
  readonly flavour?: PostgresFlavour;
  /** More of the server's settings, as `name=value`. */
  readonly settings?: readonly string[];
}

const USER = 'podwatt';
const PASSWORD = 'a test password';

/**
 * A real PostgreSQL on a free loopback port with an own data folder. Commits reach the operating system but not the
 * disk (`fsync=off`): killing the server loses nothing, cutting the power would. Names collate by ICU's English rules
 * unless a query says otherwise, as on a server of somebody who never thought of it.
 */
export async function startPostgres({
  flavour = 'embedded',
  settings = [],
}: PostgresStart = {}): Promise<RunningPostgres> {
  const installed = postgresFolder(flavour);
  if (installed === null) throw new Error(`PostgreSQL (${flavour}) is not installed`);
  const account = serverAccount();
  const binaries = await readableFolder(installed, account);
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-postgres-'));
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, `${PASSWORD}\n`);
  if (account !== null) {
    for (const path of [folder, data, passwordFile]) await chown(path, account.uid, account.gid);
  }
  await promisify(execFile)(
    join(binaries, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--no-sync',
    ],
    { ...account, cwd: '/' },
  );
  const port = await freePort();
  const ask = <T extends pg.QueryResultRow>(text: string): Promise<T[]> => askOnce<T>(port, text);
  const settingsOf = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'max_wal_size=2GB',
    'max_connections=200',
    ...settings,
  ];
  const server = new ServerProcess({
    program: join(binaries, 'postgres'),
    args: ['-D', data, ...settingsOf.flatMap((setting) => ['-c', setting])],
    ...account,
    isReady: () =>
      ask('SELECT 1').then(
        () => true,
        () => false,
      ),
  });
  const remove = async (): Promise<void> => {
    await server.end('SIGQUIT');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await server.start();
    const [answer] = await ask<{ server_version: string }>('SHOW server_version');
    return {
      host: '127.0.0.1',
      port,
      user: USER,
      password: PASSWORD,
      version: answer?.server_version ?? 'unknown',
      url: `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
      start: () => server.start(),
      stop: (mode = 'fast') => server.end(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
      kill: () => server.end('SIGKILL'),
      createDatabase: async () => {
        const name = `test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
        await ask(`CREATE DATABASE ${name}`);
        return name;
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function askOnce<T extends pg.QueryResultRow>(port: number, text: string): Promise<T[]> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: USER,
    password: PASSWORD,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
