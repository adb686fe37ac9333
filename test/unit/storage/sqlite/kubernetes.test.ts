import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/model/failure.ts';
import type { ResourceMetric } from '../../../../src/model/kubernetes/objects.ts';
import { CLUSTERS, METRICS, NAMESPACES, NODES } from '../../../../src/storage/sql/kubernetes/record-tables.ts';
import { type KubernetesWrite, putOf } from '../../../../src/storage/sql/kubernetes/write.ts';
import { readLines, writeKubernetes } from '../../../../src/storage/sqlite/kubernetes.ts';
import { readLeases, takeLease } from '../../../../src/storage/sqlite/lease-operations.ts';
import { migrate } from '../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import {
  clusterEntryOf,
  namespaceId,
  recordedNamespaces,
  recordedNodes,
} from '../../../contract/storage/kubernetes/recorded-objects.ts';
import { CLUSTER, NEW_YEAR } from '../../../contract/storage/sample-windows.ts';

let database: Database.Database;
beforeEach(async () => {
  database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  await migrate(database, MIGRATIONS, 0);
  write({ puts: putOf(CLUSTERS, [clusterEntryOf()]) });
});
afterEach(() => database.close());

function write(part: Partial<KubernetesWrite>): number {
  return writeKubernetes(database, { fences: [], puts: [], changes: [], ...part });
}

const fence = (epoch: number) => ({ fences: [{ clusterId: CLUSTER, epoch }] });

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'no failure';
  } catch (error) {
    return (error as Failure).code;
  }
}

function countOf(table: string): number {
  return database.prepare<[], number>(`SELECT COUNT(*) FROM ${table}`).pluck().get() ?? -1;
}

const METRIC: ResourceMetric = {
  clusterId: CLUSTER,
  level: 'pod',
  objectId: 'p',
  namespaceId: namespaceId('default'),
  workloadId: null,
  podId: 'p',
  nodeId: null,
  cpuUsageCores: 0.5,
  memoryUsageBytes: 100,
  networkReceiveBytes: null,
  networkTransmitBytes: null,
  storageUsageBytes: null,
  restarts: 0,
  oomKills: 0,
  collectedAtSeconds: NEW_YEAR,
};

describe('one transaction', () => {
  it('says how many lines it wrote', () => {
    expect(write({ puts: putOf(NAMESPACES, recordedNamespaces()) })).toBe(13);
    const text = "UPDATE k8s_namespaces SET status = 'Terminating' WHERE name = ?";
    expect(write({ changes: [{ text, parameters: ['default'] }] })).toBe(1);
    expect(write({})).toBe(0);
  });

  it('leaves nothing of what came before a line that is refused', () => {
    const [node] = recordedNodes();
    if (node === undefined) throw new Error('no node is recorded');
    const lost = { ...node, id: 'other', name: 'other', clusterId: 'nobody' };
    const puts = [...putOf(NAMESPACES, recordedNamespaces()), ...putOf(NODES, [node, lost])];
    expect(codeOf(() => write({ ...fence(9), puts }))).toBe('bad-input');
    expect([countOf('k8s_namespaces'), countOf('k8s_nodes'), countOf('lease_rows')]).toEqual([0, 0, 0]);
  });

  it('refuses a second object of one name under another id', () => {
    const [first] = recordedNamespaces();
    if (first === undefined) throw new Error('no namespace is recorded');
    write({ puts: putOf(NAMESPACES, [first]) });
    expect(codeOf(() => write({ puts: putOf(NAMESPACES, [{ ...first, id: 'again' }]) }))).toBe('bad-input');
    expect(countOf('k8s_namespaces')).toBe(1);
  });

  it('passes on what is no refusal of a table', () => {
    const broken = { changes: [{ text: 'DELETE FROM nowhere', parameters: [] }] };
    expect(() => write(broken)).toThrow(/no such table/);
  });
});

describe('epochs', () => {
  it('are remembered without a holder, and make the next lease younger', () => {
    write(fence(4));
    expect(readLeases(database)).toEqual([]);
    expect(codeOf(() => write(fence(3)))).toBe('conflict');
    expect(codeOf(() => write(fence(4)))).toBe('no failure');
    const request = { clusterId: CLUSTER, holder: 'me', holderName: 'here', durationSeconds: 60 };
    expect(takeLease(database, request, NEW_YEAR)).toMatchObject({ kind: 'held', lease: { epoch: 5 } });
    expect(codeOf(() => write(fence(4)))).toBe('conflict');
  });

  it('leave the lease of a holder as it is', () => {
    const request = { clusterId: CLUSTER, holder: 'me', holderName: 'here', durationSeconds: 60 };
    takeLease(database, request, NEW_YEAR);
    const [before] = readLeases(database);
    write(fence(1));
    expect(readLeases(database)).toEqual([before]);
  });

  it('make no cluster of results: it has no windows yet', () => {
    write({ ...fence(2), puts: putOf(NAMESPACES, recordedNamespaces()) });
    expect(countOf('cluster_keys')).toBe(0);
  });
});

describe('metrics', () => {
  beforeEach(() => {
    write({ puts: putOf(NAMESPACES, recordedNamespaces()) });
  });

  it('are replaced by object and instant, and their object is kept once', () => {
    write({ puts: putOf(METRICS, [METRIC, { ...METRIC, collectedAtSeconds: NEW_YEAR + 300 }]) });
    write({ puts: putOf(METRICS, [{ ...METRIC, cpuUsageCores: 2 }]) });
    expect([countOf('k8s_metric_objects'), countOf('k8s_metric_rows')]).toEqual([1, 2]);
    const text = 'SELECT cpu_usage_cores FROM k8s_resource_metrics ORDER BY collected_at';
    expect(readLines(database, [{ text, parameters: [] }])).toEqual([
      [{ cpu_usage_cores: 2 }, { cpu_usage_cores: 0.5 }],
    ]);
  });

  it('refuse an object of a level that does not name it', () => {
    expect(codeOf(() => write({ puts: putOf(METRICS, [{ ...METRIC, podId: 'q' }]) }))).toBe('bad-input');
    expect(countOf('k8s_metric_rows')).toBe(0);
  });
});

describe('questions', () => {
  it('are answered in order, each with its lines', () => {
    write({ puts: putOf(NAMESPACES, recordedNamespaces()) });
    const named = { text: 'SELECT name FROM k8s_namespaces WHERE name = ?', parameters: ['default'] };
    const none = { text: 'SELECT id FROM k8s_nodes', parameters: [] };
    expect(readLines(database, [none, named])).toEqual([[], [{ name: 'default' }]]);
  });
});
