import { eventIterator, oc } from '@orpc/contract';
import { budgetsContract, costsContract, teamsContract } from './costs-contract.ts';
import { errors } from './errors.ts';
import { kubernetesContract } from './kubernetes-contract.ts';
import { recommendationsContract, scoreContract, tokensContract } from './savings-contract.ts';
import { CollectEvent, CollectInput } from './schemas/collect.ts';
import {
  CheckStep,
  ClusterInput,
  ClusterSettings,
  ClusterSettingsInput,
  Clusters,
  CollectingAnswer,
  CollectingInput,
  ContextInput,
  Contexts,
  Progress,
  Runs,
  RunsInput,
} from './schemas/contexts.ts';
import { ChangeEvent } from './schemas/events.ts';
import { ExplainInput, Explanation } from './schemas/explain.ts';
import { GridHistory, GridHistoryInput, GridZones, GridZonesInput } from './schemas/grid.ts';
import {
  Breakdown,
  BreakdownInput,
  Metrics,
  MetricsInput,
  Namespaces,
  NamespacesInput,
  Summary,
  SummaryInput,
  Timeseries,
  TimeseriesInput,
} from './schemas/metrics.ts';
import { NodeDetail, NodeDetailInput, Nodes, NodesInput } from './schemas/nodes.ts';
import { QualityInput, QualityReport } from './schemas/quality.ts';
import { ExportChunk, ExportInput, ReportInput, ReportSummary } from './schemas/reports.ts';
import { Audit, AuditInput, RecomputeEvent, RecomputeInput } from './schemas/restate.ts';
import { Scopes, ScopesInput } from './schemas/scopes.ts';
import { Settings, SettingsInput } from './schemas/settings.ts';
import {
  ReportYears,
  ReportYearsInput,
  Services,
  TopPods,
  TopPodsInput,
  TotalsByNamespace,
  TotalsByNamespaceInput,
} from './schemas/short-totals.ts';
import {
  MethodSettings,
  MethodSettingsInput,
  SourceSettings,
  SourceSettingsInput,
  SourceStates,
  SourceTestInput,
  SourceTestResult,
} from './schemas/sources.ts';
import { MaintenanceOutcome, Retention, StoreAddressInput, StoreStatus, StoreTestResult } from './schemas/store.ts';
import { Config, Health, Version } from './schemas/system.ts';
import { webhookContract } from './webhook-contract.ts';

const get = (path: `/${string}`, tag: string, summary: string) =>
  oc.errors(errors).route({ method: 'GET', path, tags: [tag], summary });

/**
 * Every operation of the backend: the same over a MessagePort, over `/rpc` and, where a path is listed in
 * `REST_PATHS`, as REST below `/api/v1`.
 */
export const contract = {
  system: {
    health: get('/health', 'system', 'State of Podwatt and of each source').output(Health),
    services: get('/health/services', 'system', 'State of each source, by its name').output(Services),
    version: get('/version', 'system', 'Version').output(Version),
    config: get('/config', 'system', 'Settings in force, without secrets').output(Config),
    changes: get('/changes', 'system', 'What changed, as a stream').output(eventIterator(ChangeEvent)),
  },
  metrics: {
    summary: get('/metrics/summary', 'carbon', 'Totals of a range').input(SummaryInput).output(Summary),
    timeseries: get('/metrics/timeseries', 'carbon', 'Totals by time and group')
      .input(TimeseriesInput)
      .output(Timeseries),
    byNamespace: get('/metrics/by-namespace', 'carbon', 'Totals by namespace, as a plain list')
      .input(TotalsByNamespaceInput)
      .output(TotalsByNamespace),
    topPods: get('/metrics/top-pods', 'carbon', 'Pods that emit most, as a plain list')
      .input(TopPodsInput)
      .output(TopPods),
    rows: get('/metrics', 'carbon', 'Rows of combined_metrics').input(MetricsInput).output(Metrics),
    breakdown: get('/breakdown', 'carbon', 'Totals by a key').input(BreakdownInput).output(Breakdown),
    namespaces: get('/namespaces', 'carbon', 'Totals by namespace').input(NamespacesInput).output(Namespaces),
  },
  nodes: {
    list: get('/nodes', 'nodes', 'Nodes of a range').input(NodesInput).output(Nodes),
    detail: get('/nodes/detail', 'nodes', 'Power model and windows of a node')
      .input(NodeDetailInput)
      .output(NodeDetail),
  },
  reports: {
    summary: get('/report/summary', 'reports', 'What an export would hold').input(ReportInput).output(ReportSummary),
    years: get('/report/years', 'reports', 'Calendar years that have results')
      .input(ReportYearsInput)
      .output(ReportYears),
    export: oc.errors(errors).input(ExportInput).output(eventIterator(ExportChunk)),
  },
  contexts: {
    list: get('/contexts', 'clusters', 'Contexts of the kubeconfig files').output(Contexts),
    check: oc.errors(errors).input(ContextInput).output(eventIterator(CheckStep)),
    setCollecting: oc.errors(errors).input(CollectingInput).output(CollectingAnswer),
    settings: oc.errors(errors).input(ContextInput).output(ClusterSettings),
    updateSettings: oc.errors(errors).input(ClusterSettingsInput).output(ClusterSettings),
    collect: oc.errors(errors).input(CollectInput).output(eventIterator(CollectEvent)),
  },
  clusters: {
    list: get('/clusters', 'clusters', 'Clusters with results').output(Clusters),
    progress: oc.errors(errors).input(ClusterInput).output(eventIterator(Progress)),
    stopReading: oc.errors(errors).input(ClusterInput).output(Progress),
    runs: get('/clusters/runs', 'clusters', 'Ledger of collected windows').input(RunsInput).output(Runs),
  },
  store: {
    status: get('/store', 'store', 'State, size and growth of the results store').output(StoreStatus),
    test: oc.errors(errors).input(StoreAddressInput).output(StoreTestResult),
    /** Remembers another store and changes over to it at once; refused where a command or variable chose the store. */
    change: oc.errors(errors).input(StoreAddressInput).output(StoreStatus),
    /** Back to the file in the data folder. */
    reset: oc.errors(errors).output(StoreStatus),
    setRetention: oc.errors(errors).input(Retention).output(StoreStatus),
    maintain: oc.errors(errors).output(MaintenanceOutcome),
  },
  explain: {
    figure: get('/explain', 'explain', 'Formulas, values and sources behind a figure')
      .input(ExplainInput)
      .output(Explanation),
    quality: get('/quality', 'explain', 'How sure the figures of a range are, and what would narrow them')
      .input(QualityInput)
      .output(QualityReport),
    scopes: get('/scopes', 'explain', 'Emissions by scope of the GHG Protocol').input(ScopesInput).output(Scopes),
  },
  grid: {
    zones: get('/grid/zones', 'grid', 'Grid zones in use and their intensity now')
      .input(GridZonesInput)
      .output(GridZones),
    history: get('/grid/history', 'grid', 'Intensity of a zone: past, forecast, clean hours')
      .input(GridHistoryInput)
      .output(GridHistory),
  },
  audit: {
    list: get('/audit', 'audit', 'What was restated, when and why').input(AuditInput).output(Audit),
    /** Computes carbon, embodied emissions and cost of the past anew from stored facts. */
    recompute: oc.errors(errors).input(RecomputeInput).output(eventIterator(RecomputeEvent)),
  },
  sources: {
    settings: oc.errors(errors).output(SourceSettings),
    update: oc.errors(errors).input(SourceSettingsInput).output(SourceSettings),
    test: oc.errors(errors).input(SourceTestInput).output(SourceTestResult),
    states: get('/sources', 'system', 'State of each source').output(SourceStates),
    method: oc.errors(errors).input(ContextInput).output(MethodSettings),
    updateMethod: oc.errors(errors).input(MethodSettingsInput).output(MethodSettings),
  },
  settings: {
    get: oc.errors(errors).output(Settings),
    update: oc.errors(errors).input(SettingsInput).output(Settings),
  },
  k8s: kubernetesContract,
  budgets: budgetsContract,
  teams: teamsContract,
  costs: costsContract,
  recommendations: recommendationsContract,
  score: scoreContract,
  tokens: tokensContract,
  webhook: webhookContract,
};
export type Contract = typeof contract;
