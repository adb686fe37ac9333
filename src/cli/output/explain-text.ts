import type { ExplainStep, ExplainTerm, Explanation } from '../../contract/schemas/explain.ts';
import { number } from './amounts.ts';
import { type Column, formatTable, printable } from './text-table.ts';

const TERMS: readonly Column<ExplainTerm>[] = [
  { title: '', text: () => '  ' },
  { title: 'SYMBOL', text: ({ symbol }) => symbol },
  { title: 'VALUE', align: 'right', text: ({ value }) => (value === null ? '-' : number(value)) },
  { title: 'UNIT', text: ({ unit }) => unit },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'KNOWN', text: ({ known }) => known },
  { title: 'SOURCE', text: ({ source }) => source },
];

/** The chain behind a figure: each step with its formula and its terms, then what would make it surer. */
export function formatExplanation(explanation: Explanation): string {
  const { title, period, value, low, high, unit, steps, narrowing, reasons } = explanation;
  const head = [
    printable(title),
    `${period.start} to ${period.end}`,
    `${number(value)} ${unit}, from ${number(low)} to ${number(high)}`,
  ];
  const parts = [`${head.join('\n')}\n`, ...steps.map(stepText)];
  if (reasons.length > 0) parts.push(list('Why it is an estimate:', reasons));
  if (narrowing.length > 0) {
    const lines = narrowing.map((each) => `${percent(each.share)} of the range: ${each.title}. ${each.detail}`);
    parts.push(list('What would make it surer:', lines));
  }
  return parts.join('\n');
}

function stepText({ title, value, unit, formula, terms, note }: ExplainStep, index: number): string {
  const lines = [`${index + 1}. ${printable(title)}: ${number(value)} ${unit}`, `   = ${printable(formula)}`];
  if (note !== null) lines.push(`   ${printable(note)}`);
  return `${lines.join('\n')}\n${terms.length === 0 ? '' : formatTable(TERMS, terms)}`;
}

function list(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map((line) => `- ${printable(line)}\n`).join('')}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
