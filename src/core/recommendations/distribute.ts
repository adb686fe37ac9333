/** A container and what it has now of the value that is distributed; null: nothing. */
export interface Holder {
  readonly name: string;
  readonly now: number | null;
}

/**
 * Spreads a pod's smaller target over its containers in proportion to what each has: use is known by pod only. Each
 * share is rounded up and at least the floor, and never more than it was, so that their sum covers the target.
 * Containers that have nothing get nothing.
 */
export function lowered(
  target: number,
  holders: readonly Holder[],
  round: (value: number) => number,
): Map<string, number> {
  const total = sumOf(holders);
  const values = new Map<string, number>();
  for (const { name, now } of holders) {
    if (now !== null && now > 0) values.set(name, Math.min(now, round((target * now) / total)));
  }
  return values;
}

/** The same upwards: never less than it was. */
export function raised(
  target: number,
  holders: readonly Holder[],
  round: (value: number) => number,
): Map<string, number> {
  const total = sumOf(holders);
  const values = new Map<string, number>();
  for (const { name, now } of holders) {
    if (now !== null && now > 0) values.set(name, Math.max(now, round((target * now) / total)));
  }
  return values;
}

/** What is left of a need after those that have something, spread evenly over those that have nothing. */
export function filled(
  need: number,
  holders: readonly Holder[],
  round: (value: number) => number,
): Map<string, number> {
  const empty = holders.filter(({ now }) => now === null || now <= 0);
  const open = Math.max(0, need - sumOf(holders));
  return new Map(empty.map(({ name }) => [name, round(open / empty.length)]));
}

export function sumOf(holders: readonly Holder[]): number {
  return holders.reduce((sum, { now }) => sum + (now ?? 0), 0);
}
