import type { KubernetesBatch } from '../../core/ports/kubernetes-store.ts';
import type { RecordKind, RecordsByKind } from '../../core/ports/record-pages.ts';
import { type CopiedId, type CopyWork, refuseStopped } from './copy-work.ts';

/** How many records of each kind the source had; kinds without one are left out. */
export type RecordCounts = Readonly<Partial<Record<RecordKind | 'budgets', number>>>;

type Put<Kind extends RecordKind> = (records: readonly RecordsByKind[Kind][]) => Promise<void>;

/**
 * Copies what is kept of a cluster beside its windows. A record takes the place of the one of its key, so that a copy
 * that was cut off is done again. Parents come before what refers to them.
 */
export async function copyRecordsOf(work: CopyWork, cluster: CopiedId, epoch: number): Promise<RecordCounts> {
  const { target } = work;
  const { id } = cluster;
  const counts: Partial<Record<RecordKind, number>> = {};
  const copy = async <Kind extends RecordKind>(kind: Kind, put: Put<Kind>): Promise<void> => {
    counts[kind] = await copyKind(work, kind, cluster, put);
  };
  const write = (part: Partial<KubernetesBatch>): Promise<void> =>
    target.writeObjects(
      { clusterId: id, namespaces: [], nodes: [], workloads: [], pods: [], releases: [], ...part },
      epoch,
    );
  await copy('namespaces', (namespaces) => write({ namespaces }));
  await copy('nodes', (nodes) => write({ nodes }));
  await copy('workloads', (workloads) => write({ workloads }));
  await copy('pods', (pods) => write({ pods }));
  await copy('releases', (releases) => write({ releases }));
  await copy('metrics', (rows) => target.putMetrics(rows, epoch));
  await copy('costs', (rows) => target.putCosts(rows, epoch));
  await copy('healthChanges', (changes) => oneByOne(changes, (change) => target.addHealthChange(change)));
  await copy('recommendations', (items) => target.putRecommendations(id, items, [], epoch));
  await copy('statusChanges', (changes) => target.putRecommendations(id, [], changes, epoch));
  await copy('savingsDays', (days) => target.putSavings(id, days, epoch));
  await copy('scores', (scores) => target.putScores(id, scores, epoch));
  return counts;
}

/** Copies what is of no cluster, or outlives it; to be called when all clusters are there. */
export async function copySharedRecords(work: CopyWork): Promise<RecordCounts> {
  const { source, target } = work;
  const intensities = await copyKind(work, 'intensities', null, (records) => target.putIntensities(records));
  const embodied = await copyKind(work, 'embodied', null, (entries) =>
    oneByOne(entries, (entry) => target.putEmbodied(entry)),
  );
  const budgets = await source.budgets();
  await oneByOne(budgets, (budget) => target.putBudget(budget));
  const alerts = await copyKind(work, 'alerts', null, (raised) =>
    oneByOne(raised, async (alert) => {
      // One that is there stays; that a person saw it is added.
      const isNew = await target.raiseAlert(alert);
      if (!isNew && alert.seenAtSeconds !== null) await target.markAlertSeen(alert.id, alert.seenAtSeconds);
    }),
  );
  const audit = await copyKind(work, 'audit', null, (entries) => oneByOne(entries, (entry) => target.addAudit(entry)));
  return { intensities, embodied, budgets: budgets.length, alerts, audit };
}

async function copyKind<Kind extends RecordKind>(
  work: CopyWork,
  kind: Kind,
  cluster: CopiedId | null,
  put: Put<Kind>,
): Promise<number> {
  let done = 0;
  for await (const page of work.source.recordPages(kind, cluster?.id ?? null)) {
    refuseStopped(work);
    await put(page);
    done += page.length;
    work.onProgress({ what: 'copying records', cluster: cluster?.name ?? null, done, of: null });
  }
  return done;
}

async function oneByOne<Item>(items: readonly Item[], put: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await put(item);
}
