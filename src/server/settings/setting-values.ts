import * as z from 'zod';
import { PrometheusSetting } from './prometheus-setting.ts';
import { ZoneRulesSetting } from './zone-rules-setting.ts';

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const MIN_INTERVAL_SECONDS = 30;
const MAX_INTERVAL_SECONDS = 86_400;
const PORT_FORMS = 'takes a port from 0 to 65535, where 0 is any free one';

const RATE_FORMS = 'takes requests a second for each client, from 1 to 10000, or 0 for no limit';

const text = z.string('takes text').trim().min(1, 'must not be empty');
const list = z.union([text.transform((one) => [one]), z.array(text).min(1)], 'takes a name or a list of names');

const port = z
  .union(
    [
      z.int(),
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
    ],
    PORT_FORMS,
  )
  .refine((value) => value >= 0 && value <= 65_535, PORT_FORMS);

const interval = z
  .string('takes a number and s, m or h, for example 5m')
  .regex(/^\d{1,5}[smh]$/, 'takes a number and s, m or h, for example 5m')
  .transform(durationSeconds)
  .refine(
    (seconds) => seconds >= MIN_INTERVAL_SECONDS && seconds <= MAX_INTERVAL_SECONDS,
    'takes 30s at least and 24h at most',
  );

const backfill = z
  .string('takes a number and h, d or w, for example 7d')
  .regex(/^\d{1,4}[hdw]$/, 'takes a number and h, d or w, for example 7d');

const rateLimit = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
    ],
    RATE_FORMS,
  )
  .refine((value) => Number.isInteger(value) && value >= 0 && value <= 10_000, RATE_FORMS);

const flag = z.union([z.boolean(), z.stringbool()], 'takes true or false');

/** One layer of settings: the options of a command, the environment, or `config.yaml`. Each key may be left out. */
export const SettingsLayer = z
  .strictObject({
    host: text,
    port,
    data_dir: text,
    store: text,
    kubeconfig: list,
    context: list,
    prometheus: PrometheusSetting,
    interval,
    backfill,
    auth: flag,
    open: flag,
    offline: flag,
    allow_kubeconfig_programs: flag,
    rate_limit: rateLimit,
    zone_rules: ZoneRulesSetting,
    log_level: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'takes debug, info, warn, error or silent'),
  })
  .partial();
export type SettingsLayer = z.infer<typeof SettingsLayer>;
export type SettingName = keyof SettingsLayer;

/** Seconds of `90s`, `5m`, `24h`, `7d` or `2w`. */
export function durationSeconds(value: string): number {
  return Number(value.slice(0, -1)) * (SECONDS_BY_UNIT[value.slice(-1)] ?? Number.NaN);
}
