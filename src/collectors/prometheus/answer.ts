import { z } from 'zod';

/** One sample; NaN and infinities never get this far. */
export interface Sample {
  readonly seconds: number;
  readonly value: number;
}

export type Labels = Readonly<Record<string, string>>;

export interface Series {
  readonly labels: Labels;
  /** By time. */
  readonly samples: readonly Sample[];
}

/**
 * Matrix and vector results; scalars and strings are never asked for. The items are checked by `seriesOf` as it reads
 * them: an answer may hold 100,000 values, and a schema of each would build them all a second time.
 */
export const answerSchema = z.object({
  status: z.literal('success'),
  warnings: z.array(z.string()).optional(),
  data: z.object({ resultType: z.enum(['matrix', 'vector']), result: z.array(z.unknown()) }),
});
export type Answer = z.infer<typeof answerSchema>;

/** What Prometheus says when a query fails; `error` is its own text about the query. */
export const errorAnswerSchema = z.object({
  status: z.literal('error'),
  errorType: z.string().optional(),
  error: z.string().optional(),
});
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;

export const buildInfoSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    version: z.string().optional(),
    application: z.string().optional(),
    goVersion: z.string().optional(),
  }),
});

export interface AnswerSeries {
  readonly series: readonly Series[];
  /** True where samples came and not one of them is a number. */
  readonly isWithoutNumbers: boolean;
}

/**
 * Samples that are no finite number count as missing; a series without any left is dropped. Null where an item is
 * no series.
 */
export function seriesOf({ data }: Answer): AnswerSeries | null {
  const series: Series[] = [];
  let pairCount = 0;
  for (const item of data.result) {
    const read = data.resultType === 'matrix' ? matrixItem(item) : vectorItem(item);
    if (read === null) return null;
    const samples: Sample[] = [];
    for (const pair of read.pairs) {
      if (!isPair(pair)) return null;
      const [seconds, text] = pair;
      const value = text === '' ? Number.NaN : Number(text);
      if (Number.isFinite(value)) samples.push({ seconds, value });
    }
    pairCount += read.pairs.length;
    if (samples.length > 0) series.push({ labels: read.labels, samples });
  }
  return { series, isWithoutNumbers: pairCount > 0 && series.length === 0 };
}

interface Item {
  readonly labels: Labels;
  readonly pairs: readonly unknown[];
}

/** A matrix of native histograms has no `values`: nothing of it is of use here. */
function matrixItem(item: unknown): Item | null {
  if (!isRecord(item) || !isLabels(item.metric)) return null;
  const values = item.values ?? [];
  return Array.isArray(values) ? { labels: item.metric, pairs: values } : null;
}

function vectorItem(item: unknown): Item | null {
  if (!isRecord(item) || !isLabels(item.metric)) return null;
  return { labels: item.metric, pairs: item.value === undefined ? [] : [item.value] };
}

function isPair(pair: unknown): pair is readonly [number, string] {
  return Array.isArray(pair) && pair.length === 2 && Number.isFinite(pair[0]) && typeof pair[1] === 'string';
}

function isLabels(metric: unknown): metric is Labels {
  return isRecord(metric) && Object.values(metric).every((value) => typeof value === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
