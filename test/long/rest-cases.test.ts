import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresSettingsOf, withClient } from '../contract/storage/postgres-schema.ts';
import { type CommandProcess, runCommand } from '../integration/cli/command-process.ts';
import { installSchemathesis, type Schemathesis } from '../services/schemathesis.ts';
import { sharedPostgres } from '../services/shared.ts';
import { needs } from '../setup/programs.ts';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
].join();
const MANY = ['--phases', 'coverage,fuzzing', '--continue-on-failure', '--seed', '1', '--request-timeout', '20'];
// The stream of changes has no end.
const COMMON = [...MANY, '--checks', CHECKS, '--exclude-path', '/changes', '--suppress-health-check', 'all'];
const LEAST_CASES = 2000;

/** Addresses that hold an id, and where the first one of that kind is found. */
const IDS: readonly (readonly [pattern: RegExp, list: string, name: string])[] = [
  [/^\/k8s\/(?:clusters|metrics\/cluster)\/\{id\}/, '/k8s/clusters?limit=1', 'clusters'],
  [/^\/k8s\/(?:namespaces|metrics\/namespace)\/\{id\}/, '/k8s/clusters/{cluster}/namespaces?limit=1', 'namespaces'],
  [/^\/k8s\/deployments\/\{id\}/, '/k8s/namespaces/{namespace}/deployments?limit=1', 'deployments'],
  [/^\/k8s\/pods\/\{id\}/, '/k8s/namespaces/{namespace}/pods?limit=1', 'pods'],
  [/^\/recommendations\/\{id\}/, '/recommendations?limit=1', 'recommendations'],
];

/** The document's own addresses with ids that are there, in the form of `schemathesis.toml`. */
async function knownIds(base: string): Promise<string> {
  const json = async (path: string) => (await fetch(`${base}${path}`)).json();
  const found: Record<string, string> = {};
  const { paths } = await json('/openapi.json');
  const lines: string[] = [];
  for (const [pattern, list, name] of IDS) {
    const path = list.replace(/\{(\w+)\}/, (_, key: string) => found[`${key}s`] ?? '');
    const id: string | undefined = (await json(path))[name]?.[0]?.id;
    if (id === undefined) continue;
    found[name] = id;
    for (const each of Object.keys(paths).filter((one) => pattern.test(one))) {
      lines.push('[[operations]]', `include-path = ${JSON.stringify(each)}`, `parameters = { "path.id" = "${id}" }`);
    }
  }
  expect(Object.keys(found)).toEqual(expect.arrayContaining(['clusters', 'namespaces', 'deployments', 'pods']));
  return lines.join('\n');
}

describe.runIf(needs('python-venv'))('requests that a program made up', () => {
  let tester: Schemathesis;
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-cases-'));
  const undo: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    tester = await installSchemathesis();
  });
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
    await tester?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(name: string, more: readonly string[]): Promise<{ base: string; server: CommandProcess }> {
    const args = ['demo', '--port', '0', '--no-auth', '--backfill', '2d', '--data-dir', join(folder, name), ...more];
    const server = runCommand(folder, args, { PODWATT_RATE_LIMIT: '0', PODWATT_OFFLINE: 'true' });
    undo.push(async () => {
      server.child.kill('SIGTERM');
      await server.exitCode;
    });
    return { base: `${new URL((await server.firstLine).split(' at ')[1] ?? '').origin}/api/v1`, server };
  }

  async function expectGood(base: string, server: CommandProcess): Promise<void> {
    // First what is there: the other run may find the ids out and delete them.
    const known = await tester.run(
      `${base}/openapi.json`,
      [...COMMON, '--max-examples', '5', '--include-method', 'GET'],
      await knownIds(base),
    );
    expect(known.hasPassed, known.output).toBe(true);
    const random = await tester.run(`${base}/openapi.json`, [...COMMON, '--max-examples', '5']);
    expect(random.hasPassed, random.output).toBe(true);
    expect(random.cases + known.cases).toBeGreaterThan(LEAST_CASES);
    process.stderr.write(`schemathesis: ${random.cases} cases, and ${known.cases} with ids that are there\n`);
    // Nothing that nobody foresaw was met on the way.
    expect(server.stderr()).not.toContain('unexpectedly');
  }

  it('meet no server error and no answer that is not documented, over SQLite', async () => {
    const { base, server } = await serve('sqlite', []);
    await expectGood(base, server);
  });

  it.runIf(needs('postgres'))('nor over PostgreSQL', async () => {
    const settings = postgresSettingsOf(await sharedPostgres());
    undo.push(() => withClient(settings, (client) => client.query(`DROP SCHEMA IF EXISTS ${settings.schema} CASCADE`)));
    const { user, password, host, port, database, schema } = settings;
    const address = `postgres://${user}:${encodeURIComponent(password ?? '')}@${host}:${port}/${database}?schema=${schema}&sslmode=disable`;
    const { base, server } = await serve('postgres', ['--store', address]);
    await expectGood(base, server);
  });
});
