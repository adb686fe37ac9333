/** SQL with `?` for each parameter, in order. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly (string | number)[];
}

/** A whole number as SQL text; refuses anything that is not one, as it goes into the statement itself. */
export function literal(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('only whole numbers are written into statements');
  return String(value);
}

/** `1, 2, 3` for an IN list. */
export function literals(values: readonly number[]): string {
  return values.map(literal).join(', ');
}
