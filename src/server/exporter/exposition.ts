/** A sample as it is written: labels with an empty value are as good as absent, so they are left out. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All samples of one name. Names of labels and metrics are ours; values of labels may be anything. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
}

export const EXPOSITION_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Prometheus text format 0.0.4. A family without samples is left out: nothing is known of it. Of samples with the same
 * labels only the first is written, as a scraper takes only one.
 */
export function exposition(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, type, samples }) => {
      const lines = new Map<string, string>();
      for (const { labels, value } of samples) {
        const series = `${name}${labelText(labels)}`;
        if (!lines.has(series)) lines.set(series, `${series} ${numberText(value)}\n`);
      }
      return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${[...lines.values()].join('')}`;
    })
    .join('');
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  if (pairs.length === 0) return '';
  return `{${pairs.map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`).join(',')}}`;
}

function escaped(text: string): string {
  return text.toWellFormed().replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
