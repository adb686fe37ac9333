import type { StoredNodeWindow } from '../ports/results-store.ts';
import { reproduces } from './formula.ts';
import { type RowFacts, shareSumOf } from './row-facts.ts';
import { usageWords } from './source-words.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term } from './step.ts';

const TITLE = 'Share of the node that is reserved';
const ROWS = { source: 'Rows of the node in this window', known: 'measured' } as const;

/** Share of a node that a row holds: half by CPU, half by memory; of the spare row, what all others leave. */
export function reservationStep(facts: RowFacts, node: StoredNodeWindow): ExplainStep {
  const { row } = facts;
  const idle = node.joulesIdleReserved + node.joulesUnallocated;
  const value = idle > 0 ? row.joulesIdle / idle : heldWithoutIdle(facts, node);
  const base = { id: 'reservation', title: TITLE, value, unit: '' };
  const sum = shareSumOf(facts, node);
  const counted = sum === null ? null : row.rowKind === 'unallocated' ? spare(facts, sum) : held(facts, node, sum);
  if (counted !== null && reproduces(counted.formula, counted.terms, value)) return stepOf({ ...base, ...counted });
  const recorded = term('recorded', 'As recorded', value, '', {
    source: 'Results store: joules of this row by those of the node',
    known: 'modelled',
  });
  return stepOf({ ...base, formula: 'recorded', terms: [recorded] });
}

/** A node without idle power still has shares: embodied emissions go by them. */
function heldWithoutIdle({ row, nodeRows }: RowFacts, node: StoredNodeWindow): number {
  const embodied = nodeRows.reduce((sum, each) => sum + each.embodiedCo2eGrams, 0);
  return embodied > 0 && node.existedSeconds > 0 ? row.embodiedCo2eGrams / embodied : 0;
}

function spare({ nodeRows, row }: RowFacts, sum: number): { formula: string; terms: ExplainTerm[] } {
  const pods = nodeRows.filter(({ rowKind }) => rowKind === 'pod').length;
  const from = { ...ROWS, atSeconds: row.startSeconds };
  return {
    formula: '1 − min(1, reserved)',
    terms: [term('reserved', `Shares of ${pods} pods together`, sum, '', from)],
  };
}

function held({ row }: RowFacts, node: StoredNodeWindow, sum: number): { formula: string; terms: ExplainTerm[] } {
  const { startSeconds: atSeconds } = row;
  const asked = { source: 'Kubernetes: requests', known: 'measured', atSeconds } as const;
  const used = { ...usageWords(row.sources.usage), atSeconds };
  const size = { source: 'Kubernetes: allocatable', known: 'measured' } as const;
  const life = { source: 'Kubernetes: life of the node in the window', known: 'measured' } as const;
  return {
    formula:
      '(0.5 × max(cpu_request, cpu_use) ÷ cpu_allocatable + 0.5 × max(memory_request, memory_use) ÷ memory_allocatable)' +
      ' × window ÷ existed ÷ max(1, all_shares)',
    terms: [
      term('cpu_request', 'CPU requested, mean of the window', row.cpuRequestMillicores, 'mCPU', asked),
      term('cpu_use', 'CPU used, mean of the window', row.cpuUsageMillicores, 'mCPU', used),
      term('cpu_allocatable', 'CPU that the node can give', node.cpuAllocatableMillicores, 'mCPU', size),
      term('memory_request', 'Memory requested, mean of the window', row.memoryRequestBytes, 'B', asked),
      term('memory_use', 'Memory used, mean of the window', row.memoryUsageBytes, 'B', used),
      term('memory_allocatable', 'Memory that the node can give', node.memoryAllocatableBytes, 'B', size),
      term('window', 'Seconds of the window', row.durationSeconds, 's', { source: 'Window', known: 'measured' }),
      term('existed', 'Seconds that the node existed', node.existedSeconds, 's', life),
      term('all_shares', 'Shares of all pods together', sum, '', { ...ROWS, atSeconds }),
    ],
  };
}
