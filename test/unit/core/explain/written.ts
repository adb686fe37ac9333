import type { Chain } from '../../../../src/core/explain/step.ts';

/** A chain as a person reads it: one line a step, one a term. */
export function written({ steps }: Chain): string[] {
  const figure = (value: number) => String(Number(value.toPrecision(9)));
  return steps.flatMap(({ id, value, unit, formula, terms, note }) => [
    `${id}: ${figure(value)} ${unit} = ${formula}`.replace('  ', ' '),
    ...terms.map((term) =>
      `  ${term.symbol} = ${figure(term.value)} ${term.unit} | ${term.name} | ${term.known} | ${term.source}`.replace(
        '  |',
        ' |',
      ),
    ),
    ...(note === null ? [] : [`  (${note})`]),
  ]);
}
