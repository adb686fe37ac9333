import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import type { OpenCostSettings, PrometheusSettings } from '../../core/ports/cluster-source.ts';
import { StoredValue } from './stored-value.ts';

const ZoneRule = z.object({
  provider: z.string().nullable(),
  region: z.string().nullable(),
  label: z.object({ name: z.string(), value: z.string().nullable() }).nullable(),
  zone: z.string(),
});
const Contract = z.object({
  share: z.number(),
  contractGramsPerKwh: z.number(),
  residualGramsPerKwh: z.number().nullable(),
});

/**
 * What a person set for one context. Secrets in it never leave the backend. Fields from `priceStorageGbHour` on have a
 * default: what an older version stored does not hold them.
 */
export const ContextSettings = z.object({
  prometheusUrl: z.string().nullable(),
  prometheusAuth: z.enum(['none', 'bearer', 'basic']),
  prometheusUsername: z.string().nullable(),
  prometheusSecret: z.string().nullable(),
  certificateAuthority: z.string().nullable(),
  extraMatchers: z.string().nullable(),
  tenantHeader: z.string().nullable(),
  tenantValue: z.string().nullable(),
  pue: z.number().nullable(),
  zone: z.string().nullable(),
  priceCpuCoreHour: z.number().nullable(),
  priceMemoryGbHour: z.number().nullable(),
  currency: z.string().nullable(),
  priceStorageGbHour: z.number().nullable().default(null),
  priceNetworkGb: z.number().nullable().default(null),
  priceGpuHour: z.number().nullable().default(null),
  contract: Contract.nullable().default(null),
  zoneRules: z.array(ZoneRule).readonly().default([]),
  openCostUrl: z.string().nullable().default(null),
  openCostOff: z.boolean().default(false),
});
export type ContextSettings = z.infer<typeof ContextSettings>;

export const NO_CONTEXT_SETTINGS: ContextSettings = {
  prometheusUrl: null,
  prometheusAuth: 'none',
  prometheusUsername: null,
  prometheusSecret: null,
  certificateAuthority: null,
  extraMatchers: null,
  tenantHeader: null,
  tenantValue: null,
  pue: null,
  zone: null,
  priceCpuCoreHour: null,
  priceMemoryGbHour: null,
  currency: null,
  priceStorageGbHour: null,
  priceNetworkGb: null,
  priceGpuHour: null,
  contract: null,
  zoneRules: [],
  openCostUrl: null,
  openCostOff: false,
};

export function openContextSettings(state: AppState): Promise<StoredValue<Record<string, ContextSettings>>> {
  return StoredValue.open(state, 'context-settings', z.record(z.string(), ContextSettings), {});
}

/** How to reach the metrics of a context; `url` given on the command line wins. */
export function prometheusSettings(settings: ContextSettings, url: string | null): PrometheusSettings {
  const { tenantHeader, tenantValue } = settings;
  return {
    url: url ?? settings.prometheusUrl,
    auth: authOf(settings),
    certificateAuthority: settings.certificateAuthority,
    extraMatchers: settings.extraMatchers,
    tenantHeader: tenantHeader === null || tenantValue === null ? null : { name: tenantHeader, value: tenantValue },
  };
}

export function openCostSettings({ openCostUrl, openCostOff }: ContextSettings): OpenCostSettings {
  return { url: openCostUrl, isOff: openCostOff };
}

function authOf(settings: ContextSettings): PrometheusSettings['auth'] {
  const secret = settings.prometheusSecret ?? '';
  switch (settings.prometheusAuth) {
    case 'none':
      return { kind: 'none' };
    case 'bearer':
      return { kind: 'bearer', token: secret };
    case 'basic':
      return { kind: 'basic', username: settings.prometheusUsername ?? '', password: secret };
  }
}
