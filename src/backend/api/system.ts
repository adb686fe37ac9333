import type * as z from 'zod';
import type { ChangeEvent } from '../../contract/schemas/events.ts';
import type { Settings, SettingsInput } from '../../contract/schemas/settings.ts';
import type { Config, Health, SourceState } from '../../contract/schemas/system.ts';
import { CALCULATION_VERSION } from '../../core/version.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import type { Change } from '../changes/change-feed.ts';
import { signalOr } from '../changes/wait-for.ts';
import { asFailure } from '../failures.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import { toIso } from '../ranges/instants.ts';
import type { GeneralSettings } from '../settings/general-settings.ts';
import { areSameKeys } from '../settings/label-keys.ts';
import { withoutCredentials } from '../settings/redact.ts';
import type { ApiDeps } from './deps.ts';
import { restateAll } from './restate-all.ts';

/** World mean, g CO2e/kWh, where neither the place nor the person says anything; METHODOLOGY 0.9. */
const WORLD_GRAMS_PER_KWH = 475;

export async function health(deps: ApiDeps): Promise<Health> {
  const sources = [await storeState(deps), ...clusterStates(deps)];
  return {
    status: sources.some((source) => source.state === 'failed') ? 'degraded' : 'healthy',
    version: deps.version,
    uptime_seconds: Math.max(0, deps.clock.nowSeconds() - deps.startedAtSeconds),
    sources,
  };
}

export async function config(deps: ApiDeps): Promise<Config> {
  const records = await knownRecords(deps);
  const providers = new Set(records.map((record) => record.provider).filter((provider) => provider !== null));
  const currencies = new Set(records.map((record) => record.currency));
  const [provider] = providers;
  const [currency] = currencies;
  const urls = [
    ...Object.values(deps.prometheusUrls),
    ...Object.values(deps.contextSettings.value).map((each) => each.prometheusUrl),
  ];
  const url = urls.find((each) => each !== null) ?? null;
  const general = deps.general.value;
  return {
    db_type: deps.store.kind,
    cloud_provider: providers.size > 1 ? 'mixed' : (provider ?? null),
    default_zone: general.defaultZone,
    default_intensity: general.defaultIntensityGramsPerKwh ?? WORLD_GRAMS_PER_KWH,
    prometheus_url: url === null ? null : withoutCredentials(url),
    api_port: deps.apiPort,
    normalization_granularity: 'hour',
    currency: currencies.size === 1 ? (currency ?? DEFAULT_CURRENCY) : DEFAULT_CURRENCY,
    calculation_version: CALCULATION_VERSION,
  };
}

/** None while the store is away: the rest of the settings is known all the same. */
async function knownRecords({ store }: ApiDeps): Promise<readonly ClusterRecord[]> {
  try {
    return await store.listClusters();
  } catch (error) {
    if (isFailure(error) && error.code === 'store-away') return [];
    throw error;
  }
}

/** `hello` first, then what changes, until the caller leaves or the backend stops. */
export async function* changes(deps: ApiDeps, signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void> {
  const either = AbortSignal.any([signalOr(signal), deps.stopping]);
  const followed = deps.changes.follow(either);
  yield { kind: 'hello', version: deps.version };
  for await (const change of followed) yield eventOf(change);
}

export function settings(deps: ApiDeps): z.infer<typeof Settings> {
  return settingsOf(deps.general.value);
}

export async function updateSettings(
  input: z.infer<typeof SettingsInput>,
  deps: ApiDeps,
): Promise<z.infer<typeof Settings>> {
  if (input.time_zone !== undefined) checkTimeZone(input.time_zone);
  const { defaultZone, defaultIntensityGramsPerKwh, labelKeys } = deps.general.value;
  const after = await deps.general.update((before) => ({
    theme: input.theme ?? before.theme,
    timeZone: input.time_zone ?? before.timeZone,
    defaultZone: input.default_zone === undefined ? before.defaultZone : input.default_zone,
    defaultIntensityGramsPerKwh:
      input.default_intensity === undefined ? before.defaultIntensityGramsPerKwh : input.default_intensity,
    labelKeys:
      input.label_keys === undefined
        ? before.labelKeys
        : { team: input.label_keys.team, costCenter: input.label_keys.cost_center },
  }));
  // What was stored keeps its owners; what is read from now on has those of the new labels.
  if (!areSameKeys(after.labelKeys, labelKeys)) deps.collecting.refresh(null);
  if (after.defaultZone !== defaultZone) {
    restateAll('zone', `Default zone ${defaultZone ?? 'none'} → ${after.defaultZone ?? 'none'}`, deps);
  }
  if (after.defaultIntensityGramsPerKwh !== defaultIntensityGramsPerKwh) {
    const [from, to] = [defaultIntensityGramsPerKwh, after.defaultIntensityGramsPerKwh];
    const change = `${from ?? WORLD_GRAMS_PER_KWH} → ${to ?? WORLD_GRAMS_PER_KWH}`;
    restateAll('intensity', `Default intensity (g/kWh) ${change}`, deps);
  }
  return settingsOf(after);
}

function checkTimeZone(name: string): void {
  if (name === 'local') return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    throw new Failure('bad-input', 'time_zone takes an IANA name, for example Europe/Paris, or local');
  }
}

function settingsOf(general: GeneralSettings): z.infer<typeof Settings> {
  const { theme, timeZone, defaultZone, defaultIntensityGramsPerKwh, labelKeys } = general;
  return {
    theme,
    time_zone: timeZone,
    default_zone: defaultZone,
    default_intensity: defaultIntensityGramsPerKwh,
    label_keys: { team: labelKeys.team, cost_center: labelKeys.costCenter },
  };
}

async function storeState(deps: ApiDeps): Promise<z.infer<typeof SourceState>> {
  const base = { name: 'store', cluster_id: null, checked_at: toIso(deps.clock.nowSeconds()) };
  const lastGood = deps.store.status.lastGoodAtSeconds;
  try {
    const { kind } = await deps.store.info();
    const { state, problem, lastGoodAtSeconds } = deps.store.status;
    const last_good_at = lastGoodAtSeconds === null ? null : toIso(lastGoodAtSeconds);
    const hint = problem?.hint ?? null;
    const detail = problem?.message ?? `Results are kept in ${kind}`;
    return { ...base, state: state === 'up' ? 'ok' : 'partial', detail, hint, last_good_at };
  } catch (error) {
    const { message, hint } = asFailure(error);
    const detail = `${message}${await waitingWords(deps)}`;
    return { ...base, state: 'failed', detail, hint, last_good_at: lastGood === null ? null : toIso(lastGood) };
  }
}

async function waitingWords({ spool }: ApiDeps): Promise<string> {
  const count = (await spool.waiting()).reduce((sum, each) => sum + each.windows, 0);
  if (count === 0) return '';
  return `; ${count === 1 ? '1 window waits' : `${count} windows wait`} on this machine`;
}

function clusterStates(deps: ApiDeps): z.infer<typeof SourceState>[] {
  return deps.collecting.sessions().flatMap((session) =>
    session.sources.list().map((source) => ({
      name: source.name,
      cluster_id: session.clusterId,
      state: source.state,
      detail: source.detail,
      hint: source.hint,
      checked_at: source.checkedAtSeconds === null ? null : toIso(source.checkedAtSeconds),
      last_good_at: source.lastGoodAtSeconds === null ? null : toIso(source.lastGoodAtSeconds),
    })),
  );
}

function eventOf(change: Change): ChangeEvent {
  switch (change.kind) {
    case 'contexts':
    case 'store':
    case 'budgets':
      return { kind: change.kind };
    case 'clusters':
    case 'costs':
    case 'recommendations':
      return { kind: change.kind, cluster_id: change.clusterId };
    case 'windows':
      return {
        kind: 'windows',
        cluster_id: change.clusterId,
        start: toIso(change.range.startSeconds),
        end: toIso(change.range.endSeconds),
      };
  }
}
