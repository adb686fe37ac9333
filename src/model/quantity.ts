const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity (`100m`, `64Mi`, `1`, `1.5G`, `12e3`) as a plain number of its base unit; null where it is none.
 * Grammar: apimachinery, `resource.Quantity`.
 */
export function parseQuantity(text: string): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text.trim());
  if (match === null) return null;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent !== undefined) return Number(`${digits}e${exponent}`);
  const factor = SUFFIXES[suffix];
  return factor === undefined ? null : Number(digits) * factor;
}

/** Thousandths of a core; 0 where nothing usable is given. Rounded up, as the scheduler does. */
export function cpuMillicores(text: string | undefined): number {
  const cores = text === undefined ? null : parseQuantity(text);
  return cores === null ? 0 : Math.ceil(Number((cores * 1000).toFixed(6)));
}

/** Bytes (or a count); 0 where nothing usable is given. */
export function wholeQuantity(text: string | undefined): number {
  const value = text === undefined ? null : parseQuantity(text);
  return value === null ? 0 : Math.ceil(value);
}
