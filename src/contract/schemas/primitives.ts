import * as z from 'zod';

/** ISO-8601 instant with an offset; answers always use UTC with `Z`. */
export const Instant = z.iso.datetime({ offset: true });

export const RELATIVE_RANGE = /^(?:[1-9]\d{0,3}[hdwmy]|ytd)$/;
export const LAST_MESSAGE =
  'last takes a number and a unit: 24h (hours), 7d (days), 4w (weeks), 6m (months), 1y (years), or ytd';

export const Last = z
  .string()
  .regex(RELATIVE_RANGE, LAST_MESSAGE)
  .describe('Range that ends now: <n>h, <n>d, <n>w, <n>m (months), <n>y or ytd');

export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, 'tz takes an IANA time zone, for example Europe/Paris')
  .describe('IANA time zone that sets days, weeks and months');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Kubernetes names are at most 253 characters; our own row names stay below that too. */
export const Name = z.string().min(1).max(253);

export const Period = z.object({ start: Instant, end: Instant });

/** `last`, or `start` and `end` in its place. */
export const rangeFields = {
  last: Last.optional(),
  start: Instant.optional().describe('Start of the range, in place of last'),
  end: Instant.optional().describe('End of the range (excluded); now where left out'),
  tz: TimeZone.default('UTC'),
};

export const filterFields = {
  cluster: Name.optional().describe('Cluster id; all clusters where left out'),
  namespace: Name.optional(),
  workload: z.string().min(3).max(300).optional().describe('Kind/name, for example Deployment/cart'),
  pod: Name.optional(),
  node: Name.optional(),
  team: Name.optional(),
  zone: Name.optional().describe('Grid zone (Electricity Maps key)'),
  provider: Name.optional(),
};

export const Metric = z.enum(['carbon', 'energy', 'cost']);
export type Metric = z.infer<typeof Metric>;

export const Notice = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  hint: z.string().nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** ISO 4217's code for no currency: sums over clusters that count in different ones, which are not converted. */
export const MIXED_CURRENCY = 'XXX';
