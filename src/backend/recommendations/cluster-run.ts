import type { UnitPrices } from '../../model/coefficients.ts';
import type { Recommendation, RecommendationStatus } from '../../model/recommendations/recommendation.ts';
import type { Thresholds } from '../../model/recommendations/thresholds.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import type { Analyse, AnalysisOutcome } from './analysis-job.ts';
import { DAY_SECONDS } from './days.ts';
import { countsDays } from './ledger.ts';
import { type Measurement, measureApplied, writtenDays } from './measuring.ts';
import { mergeRun, type RunContext } from './merge-run.ts';
import type { OneAfterAnother } from './one-after-another.ts';
import type { Peer } from './shares.ts';
import { standingIn } from './standing.ts';
import type { SavingsStore } from './store-port.ts';
import { everythingOf, onEachPage, storedPages } from './stored-items.ts';
import { writeMerged } from './write-steps.ts';

const HOUR_SECONDS = 3_600;

export interface ClusterRunDeps {
  readonly store: SavingsStore;
  /** Rows are read and written again in turns, between which people may say something of them. */
  readonly turns: OneAfterAnother;
  readonly analyse: Analyse;
}

/** A cluster as a run of it begins. */
export interface ClusterRunInput {
  readonly clusterId: string;
  readonly layout: ClusterLayout;
  readonly prices: UnitPrices;
  readonly thresholds: Thresholds;
  readonly epoch: number;
  readonly now: EpochSeconds;
}

/** The look-back: whole hours up to now. */
export function lookBack({ lookBackDays }: Thresholds, now: EpochSeconds): TimeRange {
  const endSeconds = floorTo(now, HOUR_SECONDS);
  return { startSeconds: endSeconds - lookBackDays * DAY_SECONDS, endSeconds };
}

/** One whole run: what is found becomes part of what is stored. Answers what the analysis told besides findings. */
export async function runAnalysis(
  input: ClusterRunInput,
  { store, turns, analyse }: ClusterRunDeps,
  signal: AbortSignal,
): Promise<Omit<AnalysisOutcome, 'findings'>> {
  const { clusterId, layout, prices, thresholds, epoch, now } = input;
  const range = lookBack(thresholds, now);
  const settledIds = await idsOf(clusterId, ['ignored', 'applied', 'verified', 'regressed'], store);
  const workloads = await store.usageHours({ clusterId, range, by: 'workload' }, signal);
  const nodes = await store.usageHours({ clusterId, range, by: 'node' }, signal);
  const job = { clusterId, range, nowSeconds: now, thresholds, workloads, nodes, layout, prices, settledIds };
  const { findings, ...outcome } = await analyse(job, signal);
  const context = contextOf(input, outcome);
  const left = new Map(findings.map((finding) => [finding.id, finding]));
  await onEachPage(
    clusterId,
    store,
    (work) => turns.do(work),
    async (page) => {
      signal.throwIfAborted();
      const ofPage = page.flatMap(({ id }) => left.get(id) ?? []);
      await writeMerged(clusterId, mergeRun(page, ofPage, context), epoch, store);
      for (const { id } of page) left.delete(id);
    },
  );
  await writeMerged(clusterId, mergeRun([], [...left.values()], context), epoch, store);
  return outcome;
}

/** Looks only whether what is stored was applied, or undone: after a change of the spec. True where a row changed. */
export async function watchSpecs(
  { clusterId, layout, epoch, now }: Pick<ClusterRunInput, 'clusterId' | 'layout' | 'epoch' | 'now'>,
  { store, turns }: Pick<ClusterRunDeps, 'store' | 'turns'>,
  signal: AbortSignal,
): Promise<boolean> {
  let isChanged = false;
  const context: RunContext = { now, canTell: () => false, standingOf: (item) => standingIn(layout, item) };
  await onEachPage(
    clusterId,
    store,
    (work) => turns.do(work),
    async (page) => {
      signal.throwIfAborted();
      const merged = mergeRun(page, [], context);
      isChanged ||= merged.items.length > 0;
      await writeMerged(clusterId, merged, epoch, store);
    },
  );
  return isChanged;
}

/** Compares what was applied with the days before it, and writes the days of the ledger. True where anything was written. */
export async function measureCluster(
  { clusterId, epoch, now }: Pick<ClusterRunInput, 'clusterId' | 'epoch' | 'now'>,
  { store, turns }: Pick<ClusterRunDeps, 'store' | 'turns'>,
  signal: AbortSignal,
): Promise<boolean> {
  const written = await writtenDays(clusterId, now, store);
  const peers = await appliedOnes(clusterId, store);
  if (peers.length === 0) return false;
  let isChanged = false;
  for await (const page of storedPages(store, everythingOf([clusterId]))) {
    for (const item of page) {
      signal.throwIfAborted();
      const measured = await measureApplied(item, written.get(item.id) ?? new Set(), now, peers, store, signal);
      if (measured === null) continue;
      isChanged ||= measured.isChanged || measured.days.length > 0;
      await turns.do(() => writeMeasurement(item, measured, epoch, store));
    }
  }
  return isChanged;
}

/** The days first: a verdict without its days would not be measured again. */
async function writeMeasurement(
  before: Recommendation,
  { item, changes, isChanged, days }: Measurement,
  epoch: number,
  store: SavingsStore,
): Promise<void> {
  const { clusterId } = before.target;
  if (days.length > 0) await store.putSavings(clusterId, days, epoch);
  const now = isChanged ? await store.recommendation(before.id) : null;
  // Something was said of it while it was measured: the next run measures what holds now.
  const isSame = now?.status === before.status && now.updatedAtSeconds === before.updatedAtSeconds;
  if (isSame) await store.putRecommendations(clusterId, [item], changes, epoch);
}

/** What is in force, without what makes rows large. */
async function appliedOnes(clusterId: string, store: SavingsStore): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  const statuses = ['applied', 'verified', 'regressed'] as const;
  for await (const page of storedPages(store, { ...everythingOf([clusterId]), statuses })) {
    for (const item of page.filter(countsDays)) {
      const { id, type, scope, target, savings, appliedAtSeconds } = item;
      peers.push({ id, type, scope, target, savings, appliedAtSeconds });
    }
  }
  return peers;
}

/** Of the rows only their ids. */
async function idsOf(
  clusterId: string,
  statuses: readonly RecommendationStatus[],
  store: SavingsStore,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const page of storedPages(store, { ...everythingOf([clusterId]), statuses })) {
    for (const { id } of page) ids.push(id);
  }
  return ids;
}

function contextOf(
  { layout, now, thresholds }: ClusterRunInput,
  { hoursObserved, thinTargets }: Omit<AnalysisOutcome, 'findings'>,
): RunContext {
  const thin = new Set(thinTargets);
  const there = new Set(layout.workloads.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`));
  const isKnown = layout.nodes.length > 0 && (layout.workloads.length > 0 || layout.pods.length > 0);
  const canTell = ({ target }: Recommendation): boolean => {
    if (!isKnown || hoursObserved < thresholds.minHours) return false;
    const key = `${target.namespace}/${target.ownerKind}/${target.ownerName}`;
    return !(thin.has(key) && there.has(key));
  };
  return { now, canTell, standingOf: (item) => standingIn(layout, item) };
}
