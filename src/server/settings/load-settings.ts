import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { StoreChoice } from '../../backend/config.ts';
import { Failure } from '../../model/failure.ts';
import { DEFAULT_REQUESTS_PER_SECOND } from '../request-rates.ts';
import { readConfigFile } from './config-file.ts';
import { type Environment, readEnvironment, VARIABLES } from './environment.ts';
import type { PrometheusAddresses } from './prometheus-setting.ts';
import { durationSeconds, type SettingName, SettingsLayer } from './setting-values.ts';
import { type OutsideSettings, outsideSettings } from './source-setting.ts';
import { loadStore } from './store-setting.ts';

/** Settings in force, complete. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** True where a person chose the folder, so that a command doesn't choose its own. */
  readonly isDataDirChosen: boolean;
  /** The store that a command, variable or file chose; null: the one chosen in the app, else the file in `dataDir`. */
  readonly store: StoreChoice | null;
  /** Files to read in place of KUBECONFIG; empty: KUBECONFIG, then the file in the home folder. */
  readonly kubeconfigFiles: readonly string[];
  readonly contexts: readonly string[];
  readonly prometheusUrls: Readonly<Record<string, string>>;
  readonly intervalSeconds: number;
  /** How far back a first reading goes, as it was written (`7d`). */
  readonly backfill: string;
  readonly backfillSeconds: number;
  readonly isAuthOn: boolean;
  readonly opensBrowser: boolean;
  /** Requests a second that each client may send; null: as many as it likes. */
  readonly requestsPerSecond: number | null;
  readonly outside: OutsideSettings;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent' | null;
}

export interface SettingsInput {
  /** Options by setting name; undefined where they weren't given. */
  readonly options: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly env: Environment;
  readonly workingDir: string;
}

/**
 * Options, then `PODWATT_…`, then `config.yaml`, then defaults.
 * @throws Failure 'bad-input' that names the option, variable or line and the forms that work
 */
export async function loadSettings(input: SettingsInput): Promise<Settings> {
  const { env, workingDir } = input;
  const folders = envPaths('podwatt', { suffix: '' });
  const file = env.PODWATT_CONFIG ?? join(folders.config, 'config.yaml');
  const options = validate(input.options, (name) => `--${name === 'auth' ? 'no-auth' : name.replaceAll('_', '-')}`);
  const environment = validate(readEnvironment(env), (name) => VARIABLES[name as keyof typeof VARIABLES]);
  const config = validate(await readConfigFile(resolve(workingDir, file)), (name) => `${name} in ${file}`);
  const chosen: SettingsLayer = { ...config, ...environment, ...options };
  const contexts = [...new Set(chosen.context ?? [])];
  const backfill = chosen.backfill ?? '7d';
  return {
    host: chosen.host ?? '127.0.0.1',
    port: chosen.port ?? 8700,
    dataDir: resolve(workingDir, chosen.data_dir ?? folders.data),
    isDataDirChosen: chosen.data_dir !== undefined,
    store: await storeOf(input, [
      [options.store, '--store'],
      [environment.store, VARIABLES.store],
      [config.store, `store in ${file}`],
    ]),
    kubeconfigFiles: (chosen.kubeconfig ?? []).map((path) => resolve(workingDir, path)),
    contexts,
    prometheusUrls: namePrometheus(chosen.prometheus, contexts),
    intervalSeconds: chosen.interval ?? 300,
    backfill,
    backfillSeconds: durationSeconds(backfill),
    isAuthOn: chosen.auth ?? true,
    opensBrowser: chosen.open ?? false,
    requestsPerSecond: chosen.rate_limit === 0 ? null : (chosen.rate_limit ?? DEFAULT_REQUESTS_PER_SECOND),
    outside: outsideSettings(chosen, env),
    logLevel: chosen.log_level ?? null,
  };
}

/** The first layer that names a store gives it. */
async function storeOf(
  input: SettingsInput,
  layers: readonly (readonly [url: string | undefined, name: string])[],
): Promise<StoreChoice | null> {
  for (const [url, name] of layers) {
    if (url !== undefined) return loadStore({ url, name, env: input.env, workingDir: input.workingDir });
  }
  return null;
}

function validate(layer: object, nameOf: (name: string) => string): SettingsLayer {
  const given = Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));
  const parsed = SettingsLayer.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
    throw new Failure('bad-input', `${nameOf(issue.keys[0] ?? '')} is no setting`, {
      hint: `Settings are ${Object.keys(SettingsLayer.shape).join(', ')}.`,
    });
  }
  throw new Failure('bad-input', `${nameOf(String(issue?.path[0]))} ${issue?.message ?? 'is not valid'}`);
}

function namePrometheus(
  addresses: PrometheusAddresses | undefined,
  contexts: readonly string[],
): Record<string, string> {
  if (addresses === undefined) return {};
  const { byContext, single } = addresses;
  if (single === null) return { ...byContext };
  const [only] = contexts;
  if (only === undefined || contexts.length > 1) {
    throw new Failure('bad-input', '--prometheus without a name goes with exactly one --context', {
      hint: 'Write --prometheus NAME=URL for each context.',
    });
  }
  return { ...byContext, [only]: single };
}
