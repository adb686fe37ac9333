import type { MethodSettings, MethodSettingsInput } from '../../contract/schemas/sources.ts';
import { Failure } from '../../model/failure.ts';
import { type ContextSettings, NO_CONTEXT_SETTINGS } from '../settings/context-settings.ts';
import { withoutCredentials } from '../settings/redact.ts';
import type { ApiDeps } from './deps.ts';
import { saveContextSettings } from './save-context-settings.ts';

export async function method(contextName: string, deps: ApiDeps): Promise<MethodSettings> {
  await deps.directory.describe(contextName);
  return methodOf(deps.contextSettings.value[contextName] ?? NO_CONTEXT_SETTINGS);
}

/** Changes what is given, keeps what is left out. In force with the next reading; the past is restated meanwhile. */
export async function updateMethod(input: MethodSettingsInput, deps: ApiDeps): Promise<MethodSettings> {
  await deps.directory.describe(input.context);
  const after = await saveContextSettings(input.context, (before) => changed(before, input), deps);
  return methodOf(after);
}

function changed(before: ContextSettings, input: MethodSettingsInput): ContextSettings {
  const { prices, contract, opencost } = input;
  return {
    ...before,
    ...(input.pue === undefined ? {} : { pue: input.pue }),
    ...(input.zone === undefined ? {} : { zone: input.zone === null ? null : input.zone.trim().toUpperCase() }),
    ...(input.zone_rules === undefined ? {} : { zoneRules: input.zone_rules.map(ruleOf) }),
    ...(contract === undefined ? {} : { contract: contractOf(contract) }),
    ...(prices === undefined
      ? {}
      : {
          priceCpuCoreHour: prices.cpu_core_hour,
          priceMemoryGbHour: prices.memory_gb_hour,
          priceStorageGbHour: prices.storage_gb_hour,
          priceNetworkGb: prices.network_gb,
          priceGpuHour: prices.gpu_hour,
          currency: prices.currency,
        }),
    ...(opencost === undefined ? {} : { openCostUrl: opencost.url, openCostOff: opencost.off }),
  };
}

function ruleOf(rule: MethodSettings['zone_rules'][number], index: number): ContextSettings['zoneRules'][number] {
  const name = filled(rule.label_name);
  const value = filled(rule.label_value);
  if (name === null && value !== null) {
    throw new Failure('bad-input', `zone_rules, rule ${index + 1}: label_value needs a label_name`);
  }
  return {
    provider: filled(rule.provider),
    region: filled(rule.region),
    label: name === null ? null : { name, value },
    zone: rule.zone.trim().toUpperCase(),
  };
}

/** A field of a form that was left empty says nothing. */
function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function contractOf(contract: MethodSettings['contract']): ContextSettings['contract'] {
  if (contract === null) return null;
  const { share, contract_g_per_kwh, residual_g_per_kwh } = contract;
  return { share, contractGramsPerKwh: contract_g_per_kwh, residualGramsPerKwh: residual_g_per_kwh };
}

function methodOf(settings: ContextSettings): MethodSettings {
  const { contract, zoneRules, currency, openCostUrl } = settings;
  return {
    pue: settings.pue,
    zone: settings.zone,
    zone_rules: zoneRules.map(({ provider, region, label, zone }) => ({
      provider,
      region,
      label_name: label?.name ?? null,
      label_value: label?.value ?? null,
      zone,
    })),
    contract:
      contract === null
        ? null
        : {
            share: contract.share,
            contract_g_per_kwh: contract.contractGramsPerKwh,
            residual_g_per_kwh: contract.residualGramsPerKwh,
          },
    prices: {
      cpu_core_hour: settings.priceCpuCoreHour,
      memory_gb_hour: settings.priceMemoryGbHour,
      storage_gb_hour: settings.priceStorageGbHour,
      network_gb: settings.priceNetworkGb,
      gpu_hour: settings.priceGpuHour,
      currency: currency?.toUpperCase() ?? null,
    },
    opencost: { url: openCostUrl === null ? null : withoutCredentials(openCostUrl), off: settings.openCostOff },
  };
}
