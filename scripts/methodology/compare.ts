/** Relative tolerance of the methodology's examples. */
export const TOLERANCE = 1e-4;
/** Below this a difference is rounding, whatever it is relative to. */
const ABSOLUTE_TOLERANCE = 1e-9;

/** Paths at which a computed value differs from the expected one, one line each; empty if it agrees. */
export function differences(expected: unknown, computed: unknown, path = ''): string[] {
  if (typeof expected === 'number') {
    return typeof computed === 'number' && isClose(expected, computed) ? [] : [line(path, expected, computed)];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(computed) || computed.length !== expected.length) return [line(path, expected, computed)];
    return expected.flatMap((item, index) => differences(item, computed[index], `${path}[${index}]`));
  }
  if (isRecord(expected)) {
    if (!isRecord(computed)) return [line(path, expected, computed)];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, computed[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(expected, computed) ? [] : [line(path, expected, computed)];
}

function isClose(expected: number, computed: number): boolean {
  const difference = Math.abs(expected - computed);
  return difference <= ABSOLUTE_TOLERANCE || difference <= TOLERANCE * Math.abs(expected);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function line(path: string, expected: unknown, computed: unknown): string {
  return `${path}: expected ${JSON.stringify(expected)}, computed ${JSON.stringify(computed)}`;
}
