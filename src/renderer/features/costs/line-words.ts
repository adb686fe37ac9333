import type { CostLine } from '../../../contract/schemas/budgets.ts';

export type Grouping = 'team' | 'cost-center' | 'namespace';

/** What a line is called; lines of nobody have words of their own. */
export function lineName(line: Pick<CostLine, 'line' | 'key'>, grouping: Grouping): string {
  switch (line.line) {
    case 'idle':
      return 'Unallocated';
    case 'system':
      return 'System';
    case 'storage':
      return 'Volumes';
    case 'none':
      return grouping === 'team' ? 'No team' : 'No cost center';
    case 'namespace':
    case 'team':
    case 'cost-center':
      return line.key ?? '';
  }
}

/** One sentence for the lines that are nobody's. */
export function lineNote(line: Pick<CostLine, 'line'>): string | undefined {
  switch (line.line) {
    case 'idle':
      return 'Capacity that nobody asked for';
    case 'system':
      return 'What the nodes themselves used';
    case 'storage':
      return 'Volumes, whoever claims them';
    case 'none':
      return 'Namespaces without that label';
    default:
      return undefined;
  }
}
