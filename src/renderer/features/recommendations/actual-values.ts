/** Values of a recommendation by name: CPU in millicores, memory in bytes. */
export type Values = Readonly<Record<string, number | string | null>>;

const SUFFIXES: readonly (readonly [string, number])[] = [
  ['Ti', 2 ** 40],
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['Ki', 2 ** 10],
];
type Meaning = 'cpu' | 'memory' | 'plain';

function meaningOf(key: string): Meaning {
  if (/share|ratio|percent|count|hours/.test(key)) return 'plain';
  if (key.includes('cpu')) return 'cpu';
  return key.includes('memory') ? 'memory' : 'plain';
}

/** As Kubernetes writes it: `600m`, `2Gi`. */
export function valueText(key: string, value: number | string | null): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  switch (meaningOf(key)) {
    case 'cpu':
      return value % 1000 === 0 ? String(value / 1000) : `${Math.round(value * 1000) / 1000}m`;
    case 'memory': {
      const whole = SUFFIXES.find(([, size]) => value >= size && Number.isInteger((value / size) * 4));
      if (whole !== undefined && Number.isInteger(value / whole[1])) return `${value / whole[1]}${whole[0]}`;
      const mebibytes = value / 2 ** 20;
      return Number.isInteger(mebibytes) ? `${mebibytes}Mi` : String(Math.round(value));
    }
    case 'plain':
      return String(value);
  }
}

/** A typed value in the unit of its key; null where it can't be read. */
export function parseValue(key: string, text: string): number | string | null {
  const typed = text.trim();
  if (typed === '') return null;
  switch (meaningOf(key)) {
    case 'cpu': {
      const [, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(typed) ?? [];
      if (number === undefined) return null;
      return milli === 'm' ? Number(number) : Math.round(Number(number) * 1_000_000) / 1000;
    }
    case 'memory': {
      const [, number, suffix] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)?$/.exec(typed) ?? [];
      if (number === undefined) return null;
      return Math.round(Number(number) * (SUFFIXES.find(([name]) => name === suffix)?.[1] ?? 1));
    }
    case 'plain':
      return /^-?\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : typed;
  }
}

const WORDS: Readonly<Record<string, string>> = { cpu: 'CPU', hpa: 'HPA', vpa: 'VPA', p95: 'P95', p99: 'P99' };

/** `CPU request` for `cpu_request`. */
export function valueName(key: string): string {
  const words = key
    .replace(/_(?:millicores|bytes)$/, '')
    .split('_')
    .map((word) => WORDS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What was typed where it differs from what is recommended: nothing to send where all is as recommended. */
export function actualOf(recommended: Values, typed: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([key, text]) => text.trim() !== valueText(key, recommended[key] ?? null))
      .map(([key, text]) => [key, parseValue(key, text)]),
  );
}
