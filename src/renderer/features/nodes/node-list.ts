import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import type { NodeItem } from '../../../contract/schemas/nodes.ts';
import { partsTotal } from '../../charts/power.ts';

export type NodeGrouping = 'type' | 'zone';

/** A node with what it used in the range. */
export interface NodeLine {
  readonly name: string;
  readonly clusterId: string;
  /** What the inventory says of it; null for a node that has results and no snapshot. */
  readonly facts: NodeItem | null;
  readonly item: BreakdownItem;
  readonly joules: number;
}

export interface NodeSection {
  readonly title: string;
  readonly lines: readonly NodeLine[];
}

const UNKNOWN: Readonly<Record<NodeGrouping, string>> = { type: 'Type not known', zone: 'Zone not known' };

/** Nodes that used energy, most first. */
export function nodeLines(items: readonly BreakdownItem[], nodes: readonly NodeItem[]): NodeLine[] {
  const facts = new Map(nodes.map((node) => [`${node.cluster_id} ${node.name}`, node]));
  return items
    .flatMap((item) => {
      if (item.node === null || item.cluster_id === null) return [];
      const own = facts.get(`${item.cluster_id} ${item.node}`) ?? null;
      return [{ name: item.node, clusterId: item.cluster_id, facts: own, item, joules: partsTotal(item.parts) }];
    })
    .toSorted((a, b) => b.joules - a.joules || (a.name < b.name ? -1 : 1));
}

/** Lines whose name, type or zone holds `search`, in sections by type or zone; sections and lines with most energy first. */
export function nodeSections(lines: readonly NodeLine[], grouping: NodeGrouping, search: string): NodeSection[] {
  const wanted = search.trim().toLowerCase();
  const sections = new Map<string, NodeLine[]>();
  for (const line of lines) {
    const words = [line.name, line.facts?.instance_type, line.facts?.zone];
    if (!words.some((word) => word?.toLowerCase().includes(wanted))) continue;
    const title = (grouping === 'type' ? line.facts?.instance_type : line.facts?.zone) ?? UNKNOWN[grouping];
    const section = sections.get(title) ?? [];
    section.push(line);
    sections.set(title, section);
  }
  const energy = (each: NodeSection): number => each.lines.reduce((sum, line) => sum + line.joules, 0);
  return [...sections].map(([title, own]) => ({ title, lines: own })).toSorted((a, b) => energy(b) - energy(a));
}

/** The line that the address means: by name (and cluster, where names repeat); the one with most energy without a name. */
export function chosenLine(
  lines: readonly NodeLine[],
  name: string | undefined,
  clusterId: string | undefined,
): NodeLine | null {
  if (name === undefined) return lines[0] ?? null;
  const named = lines.filter((line) => line.name === name);
  return named.find((line) => line.clusterId === clusterId) ?? named[0] ?? null;
}
