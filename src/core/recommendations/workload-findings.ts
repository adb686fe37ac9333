import type { ClusterLayout, WorkloadSpec } from '../../model/scheduling.ts';
import { type AnalysisContext, analysisContext } from './analysis-context.ts';
import type { AnalysisInput } from './analysis-input.ts';
import { idleNamespace } from './idle-namespace.ts';
import { type LocalHour, localHours } from './local-hours.ts';
import { planOf } from './plan.ts';
import type { WeighedFinding } from './priority.ts';
import { isPseudoNamespace, isSystemNamespace } from './system-namespaces.ts';
import { groupUsage, HourlyUsage, type UsageGroup } from './usage-lines.ts';
import { buildCase, LayoutIndex, runsToAnEnd, usageKeyOf, type WorkloadCase } from './workload-case.ts';
import { workloadDrafts } from './workload-drafts.ts';

/**
 * Everything that is found of workloads and namespaces; nodes apart. Null after each namespace and workload of which
 * nothing is found, so that a caller can pause between any two. Nothing without a layout.
 */
export function* workloadFindings(input: AnalysisInput): Generator<WeighedFinding | null> {
  if (input.layout === null) return;
  const analysis = new Analysis(input, input.layout);
  for (const [namespace, groups] of analysis.namespaces) {
    const idle = analysis.idleNamespace(namespace, groups);
    yield idle;
    if (idle !== null) continue;
    for (const group of groups) {
      const found = analysis.findings(group);
      if (found.length === 0) yield null;
      yield* found;
    }
  }
}

/** What is built once for all workloads. */
class Analysis {
  readonly namespaces: ReadonlyMap<string, readonly UsageGroup[]>;
  readonly #input: AnalysisInput;
  readonly #context: AnalysisContext;
  readonly #index: LayoutIndex;
  readonly #local: readonly LocalHour[];
  readonly #specs: ReadonlyMap<string, readonly WorkloadSpec[]>;

  constructor(input: AnalysisInput, layout: ClusterLayout) {
    this.#input = input;
    this.#context = analysisContext(input, layout);
    this.#index = new LayoutIndex(layout);
    this.#local = localHours(input.range, input.thresholds.timeZone);
    this.#specs = Map.groupBy(layout.workloads, (spec) => spec.namespace);
    const groups = groupUsage(input.workloads, usageKeyOf).filter(({ key }) => this.#isWanted(key.namespace));
    this.namespaces = Map.groupBy(groups, ({ key }) => key.namespace ?? '');
  }

  idleNamespace(name: string, groups: readonly UsageGroup[]): WeighedFinding | null {
    const lines = groups.flatMap((group) => group.lines);
    return idleNamespace(this.#context, {
      name,
      usage: new HourlyUsage(this.#input.workloads, lines, this.#context.hours),
      workloads: () => groups.map((group) => this.#caseOf(group)).filter((each) => each !== null),
      specs: this.#specs.get(name) ?? [],
    });
  }

  findings(group: UsageGroup): WeighedFinding[] {
    const workload = this.#caseOf(group);
    if (workload === null || workload.pods <= 0) return [];
    return planOf(this.#context, workload, workloadDrafts(this.#context, workload, this.#local));
  }

  #isWanted(namespace: string | null): boolean {
    if (namespace === null || isPseudoNamespace(namespace)) return false;
    return this.#input.thresholds.includeSystemNamespaces || !isSystemNamespace(namespace);
  }

  /** Null: gone, suspended or at 0 replicas. */
  #caseOf({ key, lines }: UsageGroup): WorkloadCase | null {
    const spec = this.#index.spec(key);
    if (spec === null || spec.suspended || spec.replicas === 0) return null;
    const usage = new HourlyUsage(this.#input.workloads, lines, this.#context.hours);
    return buildCase(this.#input.clusterId, key, spec, usage, this.#index, this.#daysOf(spec, usage));
  }

  /**
   * Days that the workload's figures are of: the hours in which the cluster was seen, from its first hour on; for what
   * runs now and then, from when it was made.
   */
  #daysOf(spec: WorkloadSpec, usage: HourlyUsage): number {
    const pods = usage.column('podCount');
    const seen = pods.findIndex((value) => !Number.isNaN(value));
    const made = spec.createdAtSeconds ?? this.#input.range.startSeconds;
    const since = Math.floor((made - this.#input.range.startSeconds) / 3600);
    const first = runsToAnEnd(spec.kind) ? Math.min(Math.max(0, since), Math.max(0, seen)) : Math.max(0, seen);
    return this.#context.clusterHours.slice(first).filter(Boolean).length / 24;
  }
}
