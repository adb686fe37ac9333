import * as z from 'zod';
import type { QualityReport } from '../../../contract/schemas/quality.ts';

type NodeLine = QualityReport['nodes'][number];

const RUNG_COLUMNS = ['node', 'type', 'power', 'cpu', 'intensity', 'embodied', 'energy'] as const;
export type RungColumn = (typeof RUNG_COLUMNS)[number];

/** How the table of nodes is sorted, as the address keeps it. */
export const RungSearch = z.object({
  sort: z.enum(RUNG_COLUMNS).optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
});

const TEXT: Readonly<Record<Exclude<RungColumn, 'energy'>, (node: NodeLine) => string>> = {
  node: (node) => node.node,
  type: (node) => node.instance_type ?? '',
  power: (node) => node.power,
  cpu: (node) => node.cpu,
  intensity: (node) => node.intensity,
  embodied: (node) => node.embodied,
};

/** Most energy first, or by a column; equals stay in the order of their names. */
export function sortRungs(nodes: readonly NodeLine[], column: RungColumn, order: 'asc' | 'desc'): readonly NodeLine[] {
  const sign = order === 'asc' ? 1 : -1;
  const byName = (a: NodeLine, b: NodeLine): number => a.node.localeCompare(b.node, 'en', { numeric: true });
  return nodes.toSorted((a, b) => {
    const by =
      column === 'energy'
        ? a.joules - b.joules
        : TEXT[column](a).localeCompare(TEXT[column](b), 'en', { numeric: true });
    return by === 0 ? byName(a, b) : by * sign;
  });
}

type Report = Pick<QualityReport, 'nodes' | 'ladders'>;

/** Nodes with the words of their rungs, which the ladders have, in place of the rungs' own names. */
export function namedRungs({ nodes, ladders }: Report): readonly NodeLine[] {
  const title = (quantity: 'power' | 'cpu' | 'intensity' | 'embodied', rung: string): string =>
    ladders.find((ladder) => ladder.quantity === quantity)?.rungs.find((each) => each.rung === rung)?.title ?? rung;
  return nodes.map((node) => ({
    ...node,
    power: title('power', node.power),
    cpu: title('cpu', node.cpu),
    intensity: title('intensity', node.intensity),
    embodied: title('embodied', node.embodied),
  }));
}
