import type { ClusterSettings, ClusterSettingsInput } from '../../../contract/schemas/contexts.ts';
import {
  type PrometheusDraft,
  prometheusDraftOf,
  prometheusInput,
  urlProblem,
} from '../../app/collecting/prometheus-draft.ts';

/** What a person types about a cluster: text until it is saved. Empty means "as Podwatt finds it". */
export interface SettingsDraft {
  readonly prometheus: PrometheusDraft;
  readonly certificateAuthority: string;
  readonly extraMatchers: string;
  readonly tenantHeader: string;
  readonly tenantValue: string;
  readonly pue: string;
  readonly zone: string;
  readonly cpuPrice: string;
  readonly memoryPrice: string;
  readonly currency: string;
}

const text = (value: number | string | null): string => (value === null ? '' : String(value));

export function draftOf(settings: ClusterSettings): SettingsDraft {
  return {
    prometheus: prometheusDraftOf(settings),
    certificateAuthority: '',
    extraMatchers: text(settings.extra_matchers),
    tenantHeader: text(settings.tenant_header),
    tenantValue: '',
    pue: text(settings.pue),
    zone: text(settings.zone),
    cpuPrice: text(settings.price_cpu_core_hour),
    memoryPrice: text(settings.price_memory_gb_hour),
    currency: text(settings.currency),
  };
}

export type DraftProblems = Partial<Record<'url' | 'pue' | 'cpuPrice' | 'memoryPrice' | 'currency', string>>;

/** What can't be saved, by field, in words that say what works. */
export function problemsOf(draft: SettingsDraft): DraftProblems {
  const url = urlProblem(draft.prometheus.url);
  const pue = numberOf(draft.pue);
  const problems: DraftProblems = {};
  if (url !== null) problems.url = url;
  if (pue !== null && !(pue >= 1 && pue <= 5)) problems.pue = 'A number from 1 to 5, for example 1.2';
  if (!isPrice(draft.cpuPrice)) problems.cpuPrice = 'A price of 0 or more, for example 0.031';
  if (!isPrice(draft.memoryPrice)) problems.memoryPrice = 'A price of 0 or more, for example 0.004';
  if (draft.currency.trim() !== '' && !/^[A-Za-z]{3}$/.test(draft.currency.trim())) {
    problems.currency = 'Three letters, for example EUR';
  }
  return problems;
}

/**
 * What the draft changes, as the operation takes it: what is left out keeps what is stored, secrets too. So two people,
 * or a dialog that stood open for long, don't undo what another one saved.
 */
export function changesOf(settings: ClusterSettings, draft: SettingsDraft): ClusterSettingsInput {
  const before = new Map<string, unknown>(Object.entries(inputOf(draftOf(settings))));
  const changed = Object.entries(inputOf(draft)).filter(([key, value]) => before.get(key) !== value);
  return { context: settings.context, ...Object.fromEntries(changed) };
}

function inputOf(draft: SettingsDraft): Omit<ClusterSettingsInput, 'context'> {
  return {
    ...prometheusInput(draft.prometheus),
    extra_matchers: textOf(draft.extraMatchers),
    tenant_header: textOf(draft.tenantHeader),
    pue: numberOf(draft.pue),
    zone: textOf(draft.zone)?.toUpperCase() ?? null,
    price_cpu_core_hour: numberOf(draft.cpuPrice),
    price_memory_gb_hour: numberOf(draft.memoryPrice),
    currency: textOf(draft.currency)?.toUpperCase() ?? null,
    ...(draft.certificateAuthority.trim() === '' ? {} : { certificate_authority: draft.certificateAuthority.trim() }),
    ...(draft.tenantValue === '' ? {} : { tenant_value: draft.tenantValue }),
  };
}

const textOf = (value: string): string | null => (value.trim() === '' ? null : value.trim());

/** Null for an empty field; NaN for what is no number. A decimal comma counts as a point. */
function numberOf(value: string): number | null {
  return value.trim() === '' ? null : Number(value.trim().replace(',', '.'));
}

function isPrice(value: string): boolean {
  const price = numberOf(value);
  return price === null || price >= 0;
}
