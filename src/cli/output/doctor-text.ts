import type { Finding } from '../commands/doctor/finding.ts';
import { printable } from './text-table.ts';

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warning: 'note', broken: 'BROKEN' };
const WIDTH = Math.max(...Object.values(MARKS).map((mark) => mark.length));

/** A line for each thing, what to do below it, and the count. */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ about, state, detail, hint }) => {
    const head = `${MARKS[state].padEnd(WIDTH)}  ${printable(about)}: ${printable(detail)}\n`;
    return hint === null ? head : `${head}${' '.repeat(WIDTH)}  → ${printable(hint)}\n`;
  });
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  return `${lines.join('')}\n${count('ok')} in order, ${count('warning')} to note, ${count('broken')} broken\n`;
}
