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

const pairSchema = z.tuple([z.number(), z.string()]);
const labelsSchema = z.record(z.string(), z.string());

/** Matrix and vector results; scalars and strings are never asked for. */
export const answerSchema = z.object({
  status: z.literal('success'),
  warnings: z.array(z.string()).optional(),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('matrix'),
      // A matrix of native histograms has no `values`: nothing of it is of use here.
      result: z.array(z.object({ metric: labelsSchema, values: z.array(pairSchema).optional() })),
    }),
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: labelsSchema, value: pairSchema.optional() })),
    }),
  ]),
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

/** True where samples came and not one of them is a number. */
export function isWithoutNumbers({ data }: Answer): boolean {
  const isNumber = ([, text]: readonly [number, string]): boolean => text !== '' && Number.isFinite(Number(text));
  const hasSamples = data.result.some((item) => ('values' in item ? (item.values ?? []).length > 0 : 'value' in item));
  if (!hasSamples) return false;
  return data.resultType === 'matrix'
    ? !data.result.some((item) => item.values?.some(isNumber))
    : !data.result.some((item) => item.value !== undefined && isNumber(item.value));
}

/** Samples that are no finite number count as missing; a series without any left is dropped. */
export function seriesOf(answer: Answer): Series[] {
  const series: Series[] = [];
  const add = (labels: Labels, pairs: readonly (readonly [number, string])[]): void => {
    const samples: Sample[] = [];
    for (const [seconds, text] of pairs) {
      const value = text === '' ? Number.NaN : Number(text);
      if (Number.isFinite(value)) samples.push({ seconds, value });
    }
    if (samples.length > 0) series.push({ labels, samples });
  };
  switch (answer.data.resultType) {
    case 'matrix':
      for (const item of answer.data.result) add(item.metric, item.values ?? []);
      break;
    case 'vector':
      for (const item of answer.data.result) add(item.metric, item.value === undefined ? [] : [item.value]);
      break;
  }
  return series;
}
