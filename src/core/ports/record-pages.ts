import type { AuditEntry } from '../../model/audit.ts';
import type { IntensityRecord } from '../../model/grid.ts';
import type { BudgetAlert } from '../../model/kubernetes/budget.ts';
import type { HealthChange } from '../../model/kubernetes/health.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  ResourceMetric,
} from '../../model/kubernetes/objects.ts';
import type { Recommendation, SavingsDay, StatusChange } from '../../model/recommendations/recommendation.ts';
import type { Score } from '../../model/recommendations/score.ts';
import type { ResultsStore } from './results-store.ts';
import type { CachedEmbodied } from './science-stores.ts';

/** Records that a store keeps as they were given, by kind. */
export interface RecordsByKind {
  readonly namespaces: KubeNamespace;
  readonly nodes: KubeNode;
  readonly workloads: KubeWorkload;
  readonly pods: KubePod;
  readonly releases: HelmRelease;
  readonly metrics: ResourceMetric;
  readonly costs: CostAttribution;
  readonly healthChanges: HealthChange;
  readonly recommendations: Recommendation;
  readonly statusChanges: StatusChange;
  readonly savingsDays: SavingsDay;
  readonly scores: Score;
  /** Of no cluster themselves: asked for without one. */
  readonly alerts: BudgetAlert;
  readonly intensities: IntensityRecord;
  readonly embodied: CachedEmbodied;
  readonly audit: AuditEntry;
}
export type RecordKind = keyof RecordsByKind;

/** Everything of a kind, also what no page of the app shows: what is gone, marginal intensities, answers that ran out. */
export interface RecordPages {
  /**
   * All records of a kind by their key, in pages, so that no more than a page is held; `clusterId` null: of all clusters.
   * What is written meanwhile may be among them or not.
   */
  recordPages<Kind extends RecordKind>(
    kind: Kind,
    clusterId: string | null,
  ): AsyncIterable<readonly RecordsByKind[Kind][]>;
}

/** A store that can be read as a whole: one that is opened as itself, not through the app's link to it. */
export type WholeStore = ResultsStore & RecordPages;
