import type { Labels, Sample, Series } from './answer.ts';
import { TARGET_LABELS } from './labels.ts';
import type { NodeNames } from './node-names.ts';
import type { NodeOfPod } from './pod-columns.ts';

/**
 * Labels that lead to the node of an exporter that runs once a node: those of its target, `node_name` of Kepler 0.10,
 * `exported_instance` of Kepler 0.9 (its own `instance`, the node's name, renamed by the scrape) and the exporter's pod.
 */
export const EXPORTER_LABELS = [...TARGET_LABELS, 'node_name', 'exported_instance', 'namespace', 'pod'] as const;
export const BY_EXPORTER = EXPORTER_LABELS.join(',');

/** Finds nodes for series of such exporters. */
export interface ExporterNodes {
  readonly names: NodeNames;
  readonly nodeOfPod: NodeOfPod;
}

/** @param hostLabel a label of the exporter's own that may hold the node's name, taken where it is a known host */
export function nodeOfExporter({ names, nodeOfPod }: ExporterNodes, series: Series, hostLabel: string): string | null {
  const { labels } = series;
  const named = labels.node_name ?? '';
  if (named !== '') return names.nodeOfHost(named) ?? named;
  const own = labels[hostLabel] ?? '';
  const known = own === '' ? null : names.nodeOfHost(own);
  if (known !== null) return known;
  const byTarget = names.nodeOf(labels);
  if (byTarget !== null) return byTarget;
  const { namespace = '', pod = '' } = labels;
  const end = series.samples.at(-1)?.seconds ?? 0;
  return namespace === '' || pod === '' ? null : nodeOfPod({ namespace, name: pod }, end);
}

/**
 * One string for all targets that are one exporter: its address changes when its pod is made anew, and what both
 * counted adds up then. Another job or replica that scrapes the same exporter tells the same again.
 */
export function exporterKey(labels: Labels): string {
  return TARGET_LABELS.map((name) => (name === 'instance' ? '' : (labels[name] ?? ''))).join('\n');
}

export type ByEnd = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** Values by window end and key: summed over the series of one exporter, the largest of several that tell the same. */
export function sumByExporter(series: readonly Series[], keyOf: (series: Series) => string | null): ByEnd {
  const sums = new Map<string, { readonly key: string; readonly byEnd: Map<number, number> }>();
  for (const one of series) {
    const key = keyOf(one);
    if (key === null) continue;
    const id = `${key}\n\n${exporterKey(one.labels)}`;
    const sum = sums.get(id) ?? { key, byEnd: new Map<number, number>() };
    sums.set(id, sum);
    for (const { seconds, value } of one.samples) sum.byEnd.set(seconds, (sum.byEnd.get(seconds) ?? 0) + value);
  }
  const result = new Map<number, Map<string, number>>();
  for (const { key, byEnd } of sums.values()) {
    for (const [end, value] of byEnd) {
      const row = result.get(end) ?? new Map<string, number>();
      result.set(end, row);
      row.set(key, Math.max(value, row.get(key) ?? Number.NEGATIVE_INFINITY));
    }
  }
  return result;
}

/** Sample times by node: of the exporter with most of them, over all addresses that it had. */
export function timesByNode(
  series: readonly Series[],
  nodeOf: (series: Series) => string | null,
): ReadonlyMap<string, readonly number[]> {
  const byExporter = new Map<string, { readonly node: string; readonly times: Set<number> }>();
  for (const one of series) {
    const node = nodeOf(one);
    if (node === null) continue;
    const id = `${node}\n\n${exporterKey(one.labels)}`;
    const entry = byExporter.get(id) ?? { node, times: new Set<number>() };
    byExporter.set(id, entry);
    for (const { value } of one.samples as readonly Sample[]) entry.times.add(value);
  }
  const result = new Map<string, readonly number[]>();
  for (const { node, times } of byExporter.values()) {
    if (times.size <= (result.get(node)?.length ?? 0)) continue;
    result.set(
      node,
      [...times].sort((left, right) => left - right),
    );
  }
  return result;
}
