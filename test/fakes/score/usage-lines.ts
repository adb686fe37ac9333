import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageKey,
} from '../../../src/core/ports/usage-hours.ts';

export type UsageLine = Partial<Record<UsageColumn, number>>;

export const NO_KEY: UsageKey = { namespace: null, ownerKind: null, ownerName: null, team: null, node: null };

/** `shop/Deployment/cart` as a key. */
export function workloadKey(path: string): UsageKey {
  const [namespace = null, ownerKind = null, ownerName = null] = path.split('/');
  return { ...NO_KEY, namespace, ownerKind, ownerName };
}

export const nodeKey = (node: string): UsageKey => ({ ...NO_KEY, node });

/** Usage hours from what each thing had in each hour; an undefined hour has no line. */
export function usageHours(
  things: readonly { key: UsageKey; hours: readonly (UsageLine | undefined)[] }[],
): UsageHours {
  const lines = things.flatMap(({ hours }, keyIndex) =>
    hours.flatMap((line, hourIndex) => (line === undefined ? [] : [{ keyIndex, hourIndex, line }])),
  );
  const column = (name: UsageColumn) => Float64Array.from(lines, ({ line }) => line[name] ?? 0);
  return {
    keys: things.map(({ key }) => key),
    keyIndex: Int32Array.from(lines, ({ keyIndex }) => keyIndex),
    hourIndex: Int32Array.from(lines, ({ hourIndex }) => hourIndex),
    columns: Object.fromEntries(USAGE_COLUMNS.map((name) => [name, column(name)])) as UsageHours['columns'],
  };
}

/** The same line in each of so many hours. */
export function every(count: number, line: UsageLine): UsageLine[] {
  return Array.from({ length: count }, () => line);
}

/** Runs steps to their end; answers the result and the number of pauses. */
export function finish<T>(steps: Generator<void, T>): { result: T; pauses: number } {
  for (let pauses = 0; ; pauses += 1) {
    const step = steps.next();
    if (step.done === true) return { result: step.value, pauses };
  }
}
