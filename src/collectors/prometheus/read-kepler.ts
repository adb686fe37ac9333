import type { Inventory } from '../../model/inventory.ts';
import type { Series } from './answer.ts';
import type { EnergySeries } from './energy-series.ts';
import { type ByEnd, type ExporterNodes, nodeOfExporter, sumByExporter, timesByNode } from './exporter-labels.ts';
import {
  type KeplerQueries,
  keplerQueries,
  legacyKeplerQueries,
  type MeterZone,
  type PodEdge,
} from './kepler-queries.ts';
import { oneOf, type Select } from './matchers.ts';
import { chooseZone, type ZoneJoules } from './meter-zone.ts';
import { typicalInterval } from './node-times.ts';
import { placeKey } from './pod-columns.ts';

/** What one generation of Kepler counted in the windows of a piece. */
export interface KeplerAnswers {
  readonly exporter: 'kepler' | 'kepler-legacy';
  /** Sorted sample times by node. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  /** Null where the node had no such meter, or it stood still. */
  zoneOf(endSeconds: number, node: string): ZoneJoules | null;
  /** As `increase()` gives it, by `placeKey`. */
  podJoules(zone: MeterZone, endSeconds: number): ReadonlyMap<string, number>;
  podEdge(zone: MeterZone, edge: PodEdge, endSeconds: number, place: string): number;
}

export interface ExporterTools extends ExporterNodes {
  readonly select: Select;
  readonly windowSeconds: number;
  readonly inventory: Inventory;
  /** Names of the pods that may begin or end in a window of the piece. */
  readonly edgePods: readonly string[];
  ask(query: string): Promise<readonly Series[]>;
  /** In steps so small that no sample time is missed. */
  askTimes(query: string): Promise<readonly Series[]>;
}

/** The newer generation first, since it wins where a node has both. Empty without Kepler. */
export async function readKepler(tools: ExporterTools, there: EnergySeries): Promise<readonly KeplerAnswers[]> {
  const answers: KeplerAnswers[] = [];
  if (there.kepler.current) answers.push(await readGeneration(tools, 'kepler', keplerQueries));
  if (there.kepler.legacy) answers.push(await readGeneration(tools, 'kepler-legacy', legacyKeplerQueries));
  return answers;
}

async function readGeneration(
  tools: ExporterTools,
  exporter: KeplerAnswers['exporter'],
  queriesOf: (select: Select, windowSeconds: number, intervalSeconds: number) => KeplerQueries,
): Promise<KeplerAnswers> {
  const nodeOf = (series: Series): string | null => nodeOfExporter(tools, series, 'exported_instance');
  const { select, windowSeconds } = tools;
  const times = timesByNode(await tools.askTimes(queriesOf(select, windowSeconds, 30).times()), nodeOf);
  const queries = queriesOf(select, windowSeconds, typicalInterval([...times.values()]));
  const zones = zonesOfNodes(await tools.ask(queries.nodeJoules()), nodeOf);
  const pods = new Map<MeterZone, { readonly joules: ByEnd; readonly edges: ByEnd }>();
  for (const zone of new Set([...zones.values()].map((chosen) => chosen.zone))) {
    pods.set(zone, {
      joules: sumByExporter(await tools.ask(queries.podJoules(zone)), podKeys(tools, '')),
      edges: sumByExporter(await readEdges(tools, queries, zone), podKeys(tools, 'what')),
    });
  }
  return {
    exporter,
    times,
    zoneOf: (end, node) => zones.get(zoneKey(end, node)) ?? null,
    podJoules: (zone, end) => pods.get(zone)?.joules.get(end) ?? new Map<string, number>(),
    podEdge: (zone, edge, end, place) => pods.get(zone)?.edges.get(end)?.get(`${edge} ${place}`) ?? 0,
  };
}

const PODS_PER_QUERY = 100;

async function readEdges(tools: ExporterTools, queries: KeplerQueries, zone: MeterZone): Promise<readonly Series[]> {
  const found: Series[] = [];
  for (let index = 0; index < tools.edgePods.length; index += PODS_PER_QUERY) {
    const matcher = oneOf('pod_name', tools.edgePods.slice(index, index + PODS_PER_QUERY));
    found.push(...(await tools.ask(queries.podEdges(zone, matcher))));
  }
  return found;
}

/** Pods by place; with the value of a label before it where one is given. */
function podKeys(tools: ExporterTools, label: string): (series: Series) => string | null {
  return (series) => {
    const { pod_name: name = '', pod_namespace: namespace = '' } = series.labels;
    if (name === '' || namespace === '') return null;
    const end = series.samples.at(-1)?.seconds ?? 0;
    const node = nodeOfExporter(tools, series, '') ?? tools.nodeOfPod({ namespace, name }, end);
    const place = placeKey({ namespace, name, node });
    return label === '' ? place : `${series.labels[label] ?? ''} ${place}`;
  };
}

function zonesOfNodes(
  series: readonly Series[],
  nodeOf: (series: Series) => string | null,
): ReadonlyMap<string, ZoneJoules> {
  const sums = sumByExporter(series, (one) => {
    const node = nodeOf(one);
    const { zone = '', what = '', source = '' } = one.labels;
    return node === null ? null : [node, zone, what, source].join('\n');
  });
  const zones = new Map<string, ZoneJoules>();
  for (const [end, row] of sums) {
    const parts = [...row].map(([key, joules]) => {
      const [node = '', zone = '', what = '', source = ''] = key.split('\n');
      return { node, zone, what, source, joules };
    });
    for (const [node, own] of Map.groupBy(parts, (part) => part.node)) {
      const chosen = chooseZone(own);
      if (chosen !== null) zones.set(zoneKey(end, node), chosen);
    }
  }
  return zones;
}

function zoneKey(end: number, node: string): string {
  return `${end} ${node}`;
}
