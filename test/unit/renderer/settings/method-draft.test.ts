import { describe, expect, it } from 'vitest';
import type { MethodSettings } from '../../../../src/contract/schemas/sources.ts';
import { DEFAULT_PRICES } from '../../../../src/core/coefficients/prices.ts';
import { PROVIDERS } from '../../../../src/model/cluster.ts';
import {
  DEFAULT_CURRENCY,
  PRICE_LINES,
  PROVIDER_NAMES,
} from '../../../../src/renderer/features/settings/method/defaults.ts';
import {
  changesOf,
  draftOf,
  emptyRule,
  type MethodDraft,
  moveRule,
  problemsOf,
  type RuleDraft,
} from '../../../../src/renderer/features/settings/method/method-draft.ts';
import { method } from '../../../fakes/client/grid-answers.ts';

const empty = draftOf(method);
const draft = (more: Partial<MethodDraft>): MethodDraft => ({ ...empty, ...more });
const rule = (more: Partial<RuleDraft>): RuleDraft => ({ ...emptyRule(), ...more });

const full: MethodSettings = {
  pue: 1.2,
  zone: null,
  zone_rules: [
    { provider: 'aws', region: 'eu-west-3', label_name: null, label_value: null, zone: 'FR' },
    { provider: null, region: null, label_name: 'rack', label_value: 'sto-1', zone: 'SE-SE3' },
  ],
  contract: { share: 0.285, contract_g_per_kwh: 0, residual_g_per_kwh: 390 },
  prices: {
    cpu_core_hour: 0.031,
    memory_gb_hour: 0.004,
    storage_gb_hour: 0,
    network_gb: null,
    gpu_hour: 2.5,
    currency: 'EUR',
  },
  opencost: { url: 'http://opencost.example.org:9003', off: false },
};

describe('draftOf', () => {
  it('is empty where the tables serve', () => {
    expect(empty).toMatchObject({ pue: '', zone: '', rules: [], share: '', currency: '', openCostOff: false });
    expect(Object.values(empty.prices)).toEqual(['', '', '', '', '']);
  });

  it('writes a share in percent, and a price of 0 as 0', () => {
    expect(draftOf(full)).toMatchObject({ pue: '1.2', share: '28.5', contract: '0', residual: '390' });
    expect(draftOf(full).prices.storage_gb_hour).toBe('0');
  });
});

describe('changesOf', () => {
  it('is null for what is as it was, to the last digit', () => {
    expect(changesOf(method, empty)).toBeNull();
    expect(changesOf(full, draftOf(full))).toBeNull();
    expect(changesOf(full, { ...draftOf(full), pue: ' 1,2 ' })).toBeNull();
  });

  it('holds only the groups that changed, so that another person’s changes stay', () => {
    expect(changesOf(full, { ...draftOf(full), pue: '1,35' })).toEqual({ pue: 1.35 });
    expect(changesOf(full, { ...draftOf(full), pue: '' })).toEqual({ pue: null });
    expect(changesOf(full, { ...draftOf(full), zone: 'fr' })).toEqual({ zone: 'FR' });
    expect(changesOf(full, { ...draftOf(full), openCostOff: true })).toEqual({
      opencost: { url: 'http://opencost.example.org:9003', off: true },
    });
  });

  it('gives prices as one, with the currency in capitals', () => {
    expect(changesOf(method, draft({ prices: { ...empty.prices, gpu_hour: '1.8' }, currency: 'eur' }))).toEqual({
      prices: { ...method.prices, gpu_hour: 1.8, currency: 'EUR' },
    });
  });

  it('removes the contract where its share is emptied, and takes an empty residual as the grid', () => {
    expect(changesOf(full, { ...draftOf(full), share: '', contract: '', residual: '' })).toEqual({ contract: null });
    expect(changesOf(full, { ...draftOf(full), residual: '' })).toEqual({
      contract: { share: 0.285, contract_g_per_kwh: 0, residual_g_per_kwh: null },
    });
  });

  it('sees a change of order alone', () => {
    const before = draftOf(full);
    const changes = changesOf(full, { ...before, rules: moveRule(before.rules, 0, 1) });
    expect(changes?.zone_rules?.map(({ zone }) => zone)).toEqual(['SE-SE3', 'FR']);
  });

  it('leaves empty fields of a rule open, and trims', () => {
    const rules = [rule({ provider: 'hetzner', region: ' fsn1 ', zone: 'de' })];
    expect(changesOf(method, draft({ rules }))).toEqual({
      zone_rules: [{ provider: 'hetzner', region: 'fsn1', label_name: null, label_value: null, zone: 'DE' }],
    });
  });
});

describe('problemsOf', () => {
  it('finds none in what is kept or empty', () => {
    expect(problemsOf(empty)).toEqual({});
    expect(problemsOf(draftOf(full))).toEqual({});
  });

  it.each([
    ['pue', draft({ pue: '0.9' }), /from 1 to 5/],
    ['pue', draft({ pue: '6' }), /from 1 to 5/],
    ['pue', draft({ pue: 'much' }), /from 1 to 5/],
    ['zone', draft({ zone: 'France' }), /key of Electricity Maps/],
    ['currency', draft({ currency: 'Euro' }), /Three letters/],
    ['gpu_hour', draft({ prices: { ...empty.prices, gpu_hour: '-1' } }), /0 or more/],
    ['storage_gb_hour', draft({ prices: { ...empty.prices, storage_gb_hour: 'x' } }), /0 or more/],
    ['openCostUrl', draft({ openCostUrl: 'opencost:9003' }), /http/],
    ['openCostUrl', draft({ openCostUrl: 'http://me:secret@opencost' }), /password/],
    ['share', draft({ share: '130', contract: '0' }), /percent, from 0 to 100/],
    ['share', draft({ contract: '20' }), /percent/],
    ['contract', draft({ share: '50' }), /Grams/],
    ['residual', draft({ share: '50', contract: '0', residual: '4000' }), /from 0 to 2000/],
  ] as const)('says at %s what works', (field, typed, words) => {
    const problems = problemsOf(typed);
    expect(Object.keys(problems)).toContain(field);
    expect(problems[field]).toMatch(words);
  });

  it.each([
    [rule({ zone: 'FR' }), /names a provider, a region or a label/],
    [rule({ provider: 'aws', zone: '' }), /key of Electricity Maps/],
    [rule({ provider: 'aws', zone: 'Paris' }), /key of Electricity Maps/],
    [rule({ labelValue: 'sto-1', zone: 'SE-SE3' }), /needs the name of the label/],
    [rule({ labelName: 'rack', zone: 'SE-SE3' }), null],
    [rule({ region: 'fsn1', zone: 'de' }), null],
  ])('tells by rule what is wrong with it (%#)', (typed, words) => {
    const found = problemsOf(draft({ rules: [rule({ provider: 'aws', zone: 'FR' }), typed] }))[typed.id];
    if (words === null) expect(found).toBeUndefined();
    else expect(found).toMatch(words);
  });
});

describe('rules', () => {
  const three = ['a', 'b', 'c'].map((zone) => rule({ zone }));
  const zones = (rules: readonly RuleDraft[]) => rules.map(({ zone }) => zone).join('');

  it('move by one place, and stay at the ends', () => {
    expect(zones(moveRule(three, 0, 1))).toBe('bac');
    expect(zones(moveRule(three, 2, -1))).toBe('acb');
    expect(zones(moveRule(three, 0, -1))).toBe('abc');
    expect(zones(moveRule(three, 2, 1))).toBe('abc');
  });

  it('have an id of their own each', () => {
    expect(new Set(three.map(({ id }) => id)).size).toBe(3);
  });
});

describe('defaults', () => {
  it('are those that figures are computed with', () => {
    const amounts = Object.fromEntries(PRICE_LINES.map(({ field, byDefault }) => [field, Number(byDefault)]));
    expect(amounts).toEqual({
      cpu_core_hour: DEFAULT_PRICES.cpuCoreHour,
      memory_gb_hour: DEFAULT_PRICES.memoryGbHour,
      storage_gb_hour: DEFAULT_PRICES.storageGbHour,
      network_gb: DEFAULT_PRICES.networkGb,
      gpu_hour: DEFAULT_PRICES.gpuHour,
    });
    expect(DEFAULT_CURRENCY).toBe(DEFAULT_PRICES.currency);
  });

  it('name each provider that a rule takes', () => {
    expect(Object.keys(PROVIDER_NAMES)).toEqual([...PROVIDERS]);
  });
});
