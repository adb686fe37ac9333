import * as z from 'zod';
import { MethodSettings, type MethodSettingsInput } from '../../../../contract/schemas/sources.ts';
import { urlProblem } from '../../../app/collecting/prometheus-draft.ts';

/** One rule of the table, as typed. `id` keeps its row while it moves. */
export interface RuleDraft {
  readonly id: string;
  readonly provider: string;
  readonly region: string;
  readonly labelName: string;
  readonly labelValue: string;
  readonly zone: string;
}

export const PRICE_FIELDS = ['cpu_core_hour', 'memory_gb_hour', 'storage_gb_hour', 'network_gb', 'gpu_hour'] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** What a person types about the method of a cluster: text until it is saved. Empty takes what the tables say. */
export interface MethodDraft {
  readonly pue: string;
  readonly zone: string;
  readonly rules: readonly RuleDraft[];
  readonly share: string;
  readonly contract: string;
  readonly residual: string;
  readonly prices: Readonly<Record<PriceField, string>>;
  readonly currency: string;
  readonly openCostUrl: string;
  readonly openCostOff: boolean;
}

const text = (value: number | string | null): string => (value === null ? '' : String(value));

export function draftOf(settings: MethodSettings): MethodDraft {
  const { contract, prices, opencost } = settings;
  return {
    pue: text(settings.pue),
    zone: text(settings.zone),
    rules: settings.zone_rules.map((rule, index) => ({
      id: `kept-${index}`,
      provider: text(rule.provider),
      region: text(rule.region),
      labelName: text(rule.label_name),
      labelValue: text(rule.label_value),
      zone: rule.zone,
    })),
    share: contract === null ? '' : text(Number((contract.share * 100).toFixed(6))),
    contract: text(contract?.contract_g_per_kwh ?? null),
    residual: text(contract?.residual_g_per_kwh ?? null),
    prices: {
      cpu_core_hour: text(prices.cpu_core_hour),
      memory_gb_hour: text(prices.memory_gb_hour),
      storage_gb_hour: text(prices.storage_gb_hour),
      network_gb: text(prices.network_gb),
      gpu_hour: text(prices.gpu_hour),
    },
    currency: text(prices.currency),
    openCostUrl: text(opencost.url),
    openCostOff: opencost.off,
  };
}

/** Every input of the draft in words that say what works, by field; a rule's problem by its id. */
export type MethodProblems = Readonly<Record<string, string>>;

const { shape } = MethodSettings;
const Zone = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]+)*$/);
const ZONE_WORDS = 'A key of Electricity Maps, for example FR or US-CAL-CISO';
/** Dirtier than any grid of the world; what is above is a wrong unit. */
const Grams = z.number().min(0).max(2000);
const GRAMS_WORDS = 'Grams of CO₂e a kWh, from 0 to 2000';
const Share = z.number().min(0).max(100);

export function problemsOf(draft: MethodDraft): MethodProblems {
  const found: [string, string | null][] = [
    ['pue', wrong(shape.pue, numberOf(draft.pue), 'A number from 1 to 5, for example 1.2')],
    ['zone', wrong(Zone.nullable(), zoneOf(draft.zone), ZONE_WORDS)],
    ['currency', wrong(shape.prices.shape.currency, upper(draft.currency), 'Three letters, for example EUR')],
    ['openCostUrl', urlProblem(draft.openCostUrl)],
    ...PRICE_FIELDS.map((field): [string, string | null] => [
      field,
      wrong(shape.prices.shape[field], numberOf(draft.prices[field]), 'A price of 0 or more, for example 0.031'),
    ]),
    ...contractProblems(draft),
    ...draft.rules.map((rule): [string, string | null] => [rule.id, ruleProblem(rule)]),
  ];
  return Object.fromEntries(found.flatMap(([field, words]) => (words === null ? [] : [[field, words]])));
}

function contractProblems({ share, contract, residual }: MethodDraft): [string, string | null][] {
  const isEmpty = [share, contract, residual].every((field) => field.trim() === '');
  if (isEmpty) return [];
  return [
    ['share', wrong(Share, numberOf(share), 'A share of the energy in percent, from 0 to 100')],
    ['contract', wrong(Grams, numberOf(contract), GRAMS_WORDS)],
    ['residual', wrong(Grams.nullable(), numberOf(residual), GRAMS_WORDS)],
  ];
}

function ruleProblem(rule: RuleDraft): string | null {
  if (wrong(Zone, zoneOf(rule.zone), '') !== null) return ZONE_WORDS;
  if (rule.labelName.trim() === '' && rule.labelValue.trim() !== '')
    return 'A value of a label needs the name of the label';
  const names = [rule.provider, rule.region, rule.labelName].some((field) => field.trim() !== '');
  return names ? null : 'A rule names a provider, a region or a label; a zone for all nodes stands above';
}

const wrong = (schema: z.ZodType, value: unknown, words: string): string | null =>
  schema.safeParse(value).success ? null : words;

/** What the draft changes, by group, as the operation takes it; null where it changes nothing. */
export function changesOf(settings: MethodSettings, draft: MethodDraft): Omit<MethodSettingsInput, 'context'> | null {
  const before = new Map(Object.entries(inputOf(draftOf(settings))));
  const changed = Object.entries(inputOf(draft)).filter(
    ([key, value]) => JSON.stringify(before.get(key)) !== JSON.stringify(value),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

function inputOf(draft: MethodDraft): MethodSettings {
  const share = numberOf(draft.share);
  const prices = Object.fromEntries(PRICE_FIELDS.map((field) => [field, numberOf(draft.prices[field])]));
  return {
    pue: numberOf(draft.pue),
    zone: zoneOf(draft.zone),
    zone_rules: draft.rules.map((rule) => ({
      provider: filled(rule.provider),
      region: filled(rule.region),
      label_name: filled(rule.labelName),
      label_value: filled(rule.labelValue),
      zone: zoneOf(rule.zone) ?? '',
    })),
    contract:
      share === null
        ? null
        : {
            share: share / 100,
            contract_g_per_kwh: numberOf(draft.contract) ?? 0,
            residual_g_per_kwh: numberOf(draft.residual),
          },
    prices: { ...EMPTY_PRICES, ...prices, currency: upper(draft.currency) },
    opencost: { url: filled(draft.openCostUrl), off: draft.openCostOff },
  };
}

const EMPTY_PRICES = {
  cpu_core_hour: null,
  memory_gb_hour: null,
  storage_gb_hour: null,
  network_gb: null,
  gpu_hour: null,
};

const filled = (value: string): string | null => (value.trim() === '' ? null : value.trim());
const upper = (value: string): string | null => filled(value)?.toUpperCase() ?? null;
const zoneOf = upper;

/** Null for an empty field; NaN for what is no number. A decimal comma counts as a point. */
function numberOf(value: string): number | null {
  return value.trim() === '' ? null : Number(value.trim().replace(',', '.'));
}

let added = 0;
export function emptyRule(): RuleDraft {
  added += 1;
  return { id: `added-${added}`, provider: '', region: '', labelName: '', labelValue: '', zone: '' };
}

/** The rule one place up (−1) or down (1); at the end of the table nothing moves. */
export function moveRule(rules: readonly RuleDraft[], index: number, step: -1 | 1): readonly RuleDraft[] {
  const [from, to] = [rules[index], rules[index + step]];
  if (from === undefined || to === undefined) return rules;
  return rules.map((rule, at) => (at === index ? to : at === index + step ? from : rule));
}
