import type { Explanation } from '../../../contract/schemas/explain.ts';
import { formatPercent } from '../../format/change.ts';
import { MARK_NAMES } from '../../ui/Mark.tsx';
import { formulaPieces } from './formula.ts';

/** The whole explanation as plain text, every digit as the backend gave it: for a report or a calculator. */
export function explanationText(answer: Explanation): string {
  const lines = [
    answer.title,
    `${answer.period.start} to ${answer.period.end}`,
    `${amount(answer.value, answer.unit)}${between(answer.low, answer.high, answer.unit)}`,
  ];
  for (const [index, step] of answer.steps.entries()) {
    lines.push(
      '',
      `${index + 1}. ${step.title} = ${amount(step.value, step.unit)}${between(step.low, step.high, step.unit)}`,
    );
    lines.push(`   ${step.formula}`);
    const put = formulaPieces(step)
      .map((piece) => (piece.kind === 'words' ? piece.text : amount(piece.term.value, piece.term.unit)))
      .join('');
    if (put !== step.formula) lines.push(`   = ${put}`);
    for (const term of step.terms) {
      const of = term.at === null ? '' : `, of ${term.at}`;
      lines.push(
        `   ${term.symbol}: ${amount(term.value, term.unit)}, ${term.name} (${MARK_NAMES[term.known].toLowerCase()}; ${term.source}${of})`,
      );
    }
    if (step.note !== null) lines.push(`   ${step.note}`);
  }
  if (answer.narrowing.length > 0) lines.push('', 'What would narrow the range most');
  for (const each of answer.narrowing) lines.push(`- ${each.title}, ${each.detail}: ${formatPercent(each.share)}`);
  const { measured, modelled, default: guessed } = answer.quality;
  lines.push(
    '',
    `Energy: ${formatPercent(measured)} measured, ${formatPercent(modelled)} modelled, ${formatPercent(guessed)} by default`,
    ...answer.reasons.map((reason) => `- ${reason}`),
    answer.calculation_version === null
      ? 'Several calculation versions are in it'
      : `Calculation version ${answer.calculation_version}`,
  );
  return `${lines.join('\n')}\n`;
}

function amount(value: number | null, unit: string): string {
  if (value === null) return 'not known';
  return unit === '' || unit === '1' ? String(value) : `${value} ${unit}`;
}

function between(low: number | null, high: number | null, unit: string): string {
  return low === null || high === null ? '' : ` (${low} to ${amount(high, unit)})`;
}
