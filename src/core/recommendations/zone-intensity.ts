import type { ClusterLayout, LayoutNode, LayoutPod } from '../../model/scheduling.ts';
import { type AnalysisInput, hoursIn } from './analysis-input.ts';
import { HourlyUsage, linesByKey } from './usage-lines.ts';

/** gCO2e/kWh of each hour of the range, mean by energy; null where it isn't known. */
export type HourlyIntensity = readonly (number | null)[];
/** At the nodes of a zone; null: at all. */
export type IntensityIn = (zone: string | null) => HourlyIntensity;

const ZONE_LABELS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'] as const;
/** A zone whose nodes come and go has holes that a grid has not: then all nodes are asked. */
const NEARLY_ALL = 0.9;

/** The grid as the hours of the nodes tell it, whether work ran or not. A zone that can't be told of counts as all. */
export function intensityIn(input: AnalysisInput, layout: ClusterLayout): IntensityIn {
  const zones = new Map(layout.nodes.map((node) => [node.name, zoneOfNode(node)]));
  const lines = linesByKey(input.nodes);
  const of = (isIn: (node: string | null) => boolean): HourlyIntensity => {
    const wanted = lines.filter((_, key) => isIn(input.nodes.keys[key]?.node ?? null));
    const usage = new HourlyUsage(input.nodes, wanted, hoursIn(input.range));
    const joules = usage.column('joules');
    return Array.from(usage.column('intensityJoules'), (weighted, hour) => {
      const energy = joules[hour] ?? 0;
      return energy > 0 ? weighted / energy : null;
    });
  };
  const all = of(() => true);
  const known = new Map<string, HourlyIntensity>();
  return (zone) => {
    if (zone === null) return all;
    const before = known.get(zone);
    if (before !== undefined) return before;
    const own = of((node) => node !== null && zones.get(node) === zone);
    const answer = count(own) >= NEARLY_ALL * count(all) ? own : all;
    known.set(zone, answer);
    return answer;
  };
}

/** The one zone that all these pods are in, or have to be in; null where there is none or several. */
export function zoneOfPods(pods: readonly LayoutPod[], zoneOf: (node: string) => string | null): string | null {
  const zones = new Set(pods.map((pod) => labelled(pod.nodeSelector) ?? (pod.node === null ? null : zoneOf(pod.node))));
  const [zone = null] = zones;
  return zones.size === 1 ? zone : null;
}

export function zoneOfNode({ labels }: LayoutNode): string | null {
  return labelled(labels);
}

function labelled(labels: LayoutNode['labels']): string | null {
  for (const name of ZONE_LABELS) {
    const zone = labels[name];
    if (zone !== undefined && zone !== '') return zone;
  }
  return null;
}

function count(values: HourlyIntensity): number {
  return values.reduce<number>((sum, value) => sum + (value === null ? 0 : 1), 0);
}
