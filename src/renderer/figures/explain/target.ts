import * as z from 'zod';
import type { ExplainInput } from '../../../contract/schemas/explain.ts';
import { Instant, Metric, Name } from '../../../contract/schemas/primitives.ts';
import type { ViewQuery } from '../../app/view/use-view.ts';

const FILTERS = ['cluster', 'namespace', 'workload', 'pod', 'node', 'team'] as const;
const TIMES = ['start', 'end', 'at', 'step'] as const;

/** A figure whose origin can be asked for: a metric, what narrows it, and a stretch of its own where it has one. */
const ExplainTarget = z.object({
  metric: Metric,
  cluster: Name.optional(),
  namespace: Name.optional(),
  workload: z.string().min(3).max(300).optional(),
  pod: Name.optional(),
  node: Name.optional(),
  team: Name.optional(),
  start: Instant.optional(),
  end: Instant.optional(),
  /** Start of one window: that row and no sum. */
  at: Instant.optional(),
  /** The step that the figure is a value of: the chain is the same, this one is brought into sight. */
  step: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
});
export type ExplainTarget = z.output<typeof ExplainTarget>;

/** A target as callers write it: what is not narrowed may be left out or undefined. */
export type TargetOf = { readonly [K in keyof ExplainTarget]?: ExplainTarget[K] | null | undefined } & {
  readonly metric: Metric;
};

/** `carbon,namespace:search`: the form in the address; null for one that can't be read. */
export function readTarget(text: string | undefined): ExplainTarget | null {
  if (text === undefined) return null;
  const [metric, ...rest] = text.split(',');
  const fields = rest.map((part) => {
    const colon = part.indexOf(':');
    return [part.slice(0, colon), unescaped(part.slice(colon + 1))];
  });
  const read = ExplainTarget.safeParse({ ...Object.fromEntries(fields), metric });
  return read.success ? read.data : null;
}

/** The address's form of a target, always in one order, so that two of the same figure are the same text. */
export function targetText(target: TargetOf): string {
  const fields = [...FILTERS, ...TIMES].flatMap((key) => {
    const value = target[key];
    return value === undefined || value === null || value === '' ? [] : [`${key}:${escaped(value)}`];
  });
  return [target.metric, ...fields].join(',');
}

/** What the backend is asked: the view, and over it what the target says itself. */
export function explainInput(target: ExplainTarget, view: ViewQuery): ExplainInput {
  const { metric, start, end, at, step: _step, ...filters } = target;
  const { last, start: from, end: until, ...rest } = view;
  const range =
    start !== undefined && end !== undefined
      ? { start, end }
      : {
          ...(last === undefined ? {} : { last }),
          ...(from === undefined ? {} : { start: from }),
          ...(until === undefined ? {} : { end: until }),
        };
  const known = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  return { ...rest, ...range, ...known, ...(at === undefined ? {} : { timestamp: at }), metric };
}

/** Commas part the fields; names of teams may hold any character. */
const escaped = (value: string): string => value.replace(/[%,]/gu, (sign) => (sign === '%' ? '%25' : '%2C'));
const unescaped = (value: string): string => value.replaceAll('%2C', ',').replaceAll('%25', '%');
