/** What a manifest is made of here. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const RESERVED: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', '~']);
const PLAIN = /^[A-Za-z$][A-Za-z0-9._/$-]*$/;
/** `600m`, `16Mi`: begins with a digit and can't be read as a number (`1e3` could). */
const QUANTITY = /^\d+(?:m|[KMGTPE]i)$/;

/** Block YAML, two spaces a level, keys in the order given. Text that could mean anything else is quoted. */
export function toYaml(value: YamlValue): string {
  return `${linesOf(value).join('\n')}\n`;
}

export function toYamlDocuments(values: readonly YamlValue[]): string {
  return values.map(toYaml).join('---\n');
}

function linesOf(value: YamlValue): string[] {
  if (isList(value)) return value.flatMap(itemLines);
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, each]) => entryLines(key, each));
  return [scalar(value)];
}

function itemLines(item: YamlValue): string[] {
  return linesOf(item).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

function entryLines(key: string, value: YamlValue): string[] {
  const name = scalar(key);
  if (typeof value !== 'object') return [`${name}: ${scalar(value)}`];
  if (Object.keys(value).length === 0) return [`${name}: ${isList(value) ? '[]' : '{}'}`];
  return [`${name}:`, ...linesOf(value).map((line) => `  ${line}`)];
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = (PLAIN.test(value) && !RESERVED.has(value.toLowerCase())) || QUANTITY.test(value);
  return isPlain ? value : quoted(value);
}

/** Double quotes with JSON's escapes, which YAML shares; everything beyond printable ASCII escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
