import { delimiter } from 'node:path';
import type { SettingName } from './setting-values.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable of each setting that fits into one. */
export const VARIABLES: Readonly<Record<Exclude<SettingName, 'zone_rules'>, string>> = {
  host: 'PODWATT_HOST',
  port: 'PODWATT_PORT',
  data_dir: 'PODWATT_DATA_DIR',
  store: 'PODWATT_STORE',
  kubeconfig: 'PODWATT_KUBECONFIG',
  context: 'PODWATT_CONTEXT',
  prometheus: 'PODWATT_PROMETHEUS',
  interval: 'PODWATT_INTERVAL',
  backfill: 'PODWATT_BACKFILL',
  auth: 'PODWATT_AUTH',
  open: 'PODWATT_OPEN',
  log_level: 'PODWATT_LOG_LEVEL',
  offline: 'PODWATT_OFFLINE',
  rate_limit: 'PODWATT_RATE_LIMIT',
  allow_kubeconfig_programs: 'PODWATT_ALLOW_KUBECONFIG_PROGRAMS',
};

const SEPARATORS: Partial<Record<SettingName, string | RegExp>> = {
  kubeconfig: delimiter,
  context: ',',
  // Addresses may hold commas, so the space stands between them.
  prometheus: /\s+/,
};

/** Settings of the environment, not yet validated. Empty variables count as not set. */
export function readEnvironment(env: Environment): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const value = env[variable]?.trim();
    if (value === undefined || value === '') continue;
    const separator = SEPARATORS[name as SettingName];
    found[name] =
      separator === undefined
        ? value
        : value
            .split(separator)
            .map((each) => each.trim())
            .filter((each) => each !== '');
  }
  return found;
}
