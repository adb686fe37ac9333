import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordKind, RecordsByKind, WholeStore } from '../../../src/core/ports/record-pages.ts';
import { openElasticsearchResults } from '../../../src/storage/elasticsearch/index.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { RECORD_SOURCES } from '../../../src/storage/sql/record-kinds.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { fillStore, intensity } from '../../fakes/backend/filled-store.ts';
import { sharedElasticsearch, sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { elasticsearchSettingsOf, removeIndices } from './elasticsearch-indices.ts';
import { clusterEntryOf, namespaceId, recordedBatch, recordedKubePods } from './kubernetes/recorded-objects.ts';
import { EPOCH, metric } from './kubernetes/sample-figures.ts';
import { copyTemplate, dropCopy } from './postgres-template.ts';
import { CLUSTER, NEW_YEAR, OTHER_CLUSTER } from './sample-windows.ts';
import { score } from './savings/sample-recommendations.ts';

interface Opened {
  readonly store: WholeStore;
  remove(): Promise<unknown>;
}

async function openSqlite(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-pages-'));
  const store = await openSqliteResults({ file: join(folder, 'results.sqlite'), readers: 1 });
  return { store, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function openPostgres(): Promise<Opened> {
  const address = await sharedPostgres();
  const settings = await copyTemplate(address);
  return { store: await openPostgresResults(settings), remove: () => dropCopy(address, settings) };
}

async function openElasticsearch(): Promise<Opened> {
  const settings = elasticsearchSettingsOf((await sharedElasticsearch()).url);
  return { store: await openElasticsearchResults(settings), remove: () => removeIndices(settings) };
}

function recordPagesContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name}: records in pages`, () => {
    let opened: Opened;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.store.close();
      await opened.remove();
    });

    const pagesOf = async <Kind extends RecordKind>(
      kind: Kind,
      clusterId: string | null = CLUSTER,
    ): Promise<readonly (readonly RecordsByKind[Kind][])[]> =>
      Array.fromAsync(opened.store.recordPages(kind, clusterId));
    const allOf = async <Kind extends RecordKind>(kind: Kind, clusterId: string | null = CLUSTER) =>
      (await pagesOf(kind, clusterId)).flat();

    it('are none of a new store', async () => {
      for (const kind of Object.keys(RECORD_SOURCES) as RecordKind[]) expect(await pagesOf(kind, null)).toEqual([]);
    });

    it('are all that was written, also what is gone and what no page shows', async () => {
      await fillStore(opened.store);
      const namespaces = await allOf('namespaces');
      expect(namespaces).toHaveLength(13);
      expect(namespaces.find(({ name: of }) => of === 'kube-system')?.deletedAtSeconds).toBe(NEW_YEAR + 86_400);
      const pods = await allOf('pods');
      expect(pods.map(({ id }) => id)).toEqual(
        recordedKubePods()
          .map(({ id }) => id)
          .sort(),
      );
      expect(pods.find(({ finishedAtSeconds }) => finishedAtSeconds !== null)).toBeDefined();
      expect((await allOf('costs')).map(({ date, hour }) => `${date} ${hour}`).sort()).toEqual([
        '2026-01-01 7',
        '2026-01-01 null',
        '2026-01-02 null',
      ]);
      expect((await allOf('healthChanges')).map(({ status }) => status)).toEqual(['degraded', 'healthy']);
      expect((await allOf('intensities', null)).map((each) => [each.zone, each.kind, each.isForecast])).toEqual([
        ['DE', 'average', false],
        ['FR', 'average', false],
        ['FR', 'marginal', false],
        ['FR', 'average', true],
      ]);
      expect((await allOf('embodied', null)).map(({ kilograms }) => kilograms)).toEqual([1142.9, null]);
      expect(await allOf('audit', null)).toEqual(await opened.store.listAudit(null, 10));
      expect(await allOf('alerts', null)).toEqual(await opened.store.alerts(10));
      expect((await allOf('recommendations')).map(({ status }) => status).sort()).toEqual(['active', 'regressed']);
      expect(await allOf('statusChanges')).toHaveLength(4);
      expect(await allOf('savingsDays')).toHaveLength(3);
      expect((await allOf('scores')).map(({ namespace }) => namespace)).toEqual([null, null, 'shop']);
      expect(
        [await allOf('nodes'), await allOf('workloads'), await allOf('releases')].map((each) => each.length),
      ).toEqual([recordedBatch().nodes.length, recordedBatch().workloads.length, 1]);
      // Of one cluster, or of all.
      const own = { ...recordedBatch().nodes[0], id: 'a node of another', clusterId: OTHER_CLUSTER, name: 'n9' };
      const nodes = recordedBatch()
        .nodes.slice(0, 1)
        .map((node) => ({ ...node, ...own }));
      const none = { namespaces: [], workloads: [], pods: [], releases: [] };
      await opened.store.writeObjects({ ...none, clusterId: OTHER_CLUSTER, nodes }, EPOCH + 10);
      expect((await allOf('nodes', OTHER_CLUSTER)).map(({ name: of }) => of)).toEqual(['n9']);
      expect(await allOf('nodes', null)).toHaveLength(recordedBatch().nodes.length + 1);
      expect(await pagesOf('nodes', 'nobody')).toEqual([]);
    });

    it('go on over pages without a gap and without one twice', async () => {
      await opened.store.putClusterEntry(clusterEntryOf());
      await opened.store.writeObjects(recordedBatch(), EPOCH);
      const objects = ['default', 'kube-system', 'kube-public'].map(namespaceId);
      const rows = objects.flatMap((objectId) =>
        Array.from({ length: 1500 }, (_, part) =>
          metric({ objectId, namespaceId: objectId, collectedAtSeconds: NEW_YEAR + part * 300 }),
        ),
      );
      await opened.store.putMetrics(rows, EPOCH);
      const pages = await pagesOf('metrics');
      expect(pages.map(({ length }) => length)).toEqual([2000, 2000, 500]);
      const placeOf = ({ objectId, collectedAtSeconds }: (typeof rows)[number]) => `${objectId} ${collectedAtSeconds}`;
      expect(pages.flat().map(placeOf)).toEqual(rows.map(placeOf).sort());

      const scores = Array.from({ length: 2100 }, (_, day) => score(day));
      await opened.store.putScores(CLUSTER, scores, EPOCH);
      expect((await allOf('scores')).map(({ atSeconds }) => atSeconds)).toEqual(scores.map((each) => each.atSeconds));
      const sources = ['a', 'b', 'c'].flatMap((source) =>
        Array.from({ length: 700 }, (_, hour) => intensity({ source, startSeconds: NEW_YEAR + hour * 3600 })),
      );
      await opened.store.putIntensities(sources);
      const keys = (await allOf('intensities', null)).map(({ startSeconds, source }) => `${startSeconds} ${source}`);
      expect(keys).toEqual(sources.map(({ startSeconds, source }) => `${startSeconds} ${source}`).sort());
    });
  });
}

recordPagesContract('SQLite', openSqlite);

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  recordPagesContract('PostgreSQL', openPostgres);
});

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  recordPagesContract('Elasticsearch', openElasticsearch);
});
