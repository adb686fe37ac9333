import type { EnergyParts } from '../../../contract/schemas/figures.ts';
import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import type { NodeItem } from '../../../contract/schemas/nodes.ts';
import { addParts, partsTotal } from '../../charts/power.ts';

export interface NodeBar {
  readonly name: string;
  readonly clusterId: string | null;
  readonly parts: EnergyParts;
}

export interface NodeGroup {
  /** Instance type, or `Type not known`. */
  readonly type: string;
  readonly bars: readonly NodeBar[];
}

export interface NodeBars {
  readonly groups: readonly NodeGroup[];
  readonly shown: number;
  readonly all: number;
  /** Over all nodes, also those that have no bar. */
  readonly parts: EnergyParts;
}

const UNKNOWN_TYPE = 'Type not known';

/**
 * Nodes as bars, grouped by machine type, most energy first. More than `most` don't fit: those with most energy keep a
 * bar; the shares are of all.
 */
export function shapeNodeBars(items: readonly BreakdownItem[], nodes: readonly NodeItem[], most: number): NodeBars {
  const types = new Map(nodes.map((node) => [`${node.cluster_id} ${node.name}`, node.instance_type]));
  const onNodes = items.filter((item) => item.node !== null && partsTotal(item.parts) > 0);
  const kept = onNodes.toSorted((a, b) => partsTotal(b.parts) - partsTotal(a.parts)).slice(0, most);
  const groups = new Map<string, NodeBar[]>();
  for (const item of kept) {
    const type = types.get(`${item.cluster_id} ${item.node}`) ?? UNKNOWN_TYPE;
    const bars = groups.get(type) ?? [];
    bars.push({ name: item.node ?? item.label, clusterId: item.cluster_id, parts: item.parts });
    groups.set(type, bars);
  }
  const energy = (bars: readonly NodeBar[]): number => bars.reduce((sum, bar) => sum + partsTotal(bar.parts), 0);
  return {
    groups: [...groups].map(([type, bars]) => ({ type, bars })).toSorted((a, b) => energy(b.bars) - energy(a.bars)),
    shown: kept.length,
    all: onNodes.length,
    parts: addParts(items.map((item) => item.parts)),
  };
}
