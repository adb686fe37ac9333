import { describe, expect, test } from 'vitest';
import { checkMethod } from '../../../../src/backend/settings/check-method.ts';
import {
  type ContextSettings,
  NO_CONTEXT_SETTINGS as NONE,
} from '../../../../src/backend/settings/context-settings.ts';
import { methodChange } from '../../../../src/backend/settings/method-changes.ts';
import type { Failure } from '../../../../src/model/failure.ts';

const set = (change: Partial<ContextSettings>): ContextSettings => ({ ...NONE, ...change });
const RULE = { provider: 'aws', region: null, label: null, zone: 'FR' };

describe('what a change of the method is called in the audit', () => {
  test.each<[Partial<ContextSettings>, Partial<ContextSettings>, string, string]>([
    [{ pue: 1.2 }, { pue: 1.15 }, 'pue', 'PUE 1.2 → 1.15'],
    [{ pue: 1.2 }, { pue: null }, 'pue', 'PUE 1.2 → by tables'],
    [{}, { zone: 'FR' }, 'zone', 'Grid zone by tables → FR'],
    [{}, { zoneRules: [RULE] }, 'zone', 'Zone rules none → aws: FR'],
    [
      { zoneRules: [RULE] },
      { zoneRules: [{ provider: null, region: 'eu', label: { name: 'pool', value: 'n' }, zone: 'SE-SE3' }] },
      'zone',
      'Zone rules aws: FR → eu pool=n: SE-SE3',
    ],
    [
      {},
      { contract: { share: 0.6, contractGramsPerKwh: 0, residualGramsPerKwh: 420 } },
      'contract',
      'Supply contract by tables → 60 % at 0 g/kWh, the rest at 420 g/kWh',
    ],
    [
      { contract: { share: 1, contractGramsPerKwh: 12, residualGramsPerKwh: null } },
      {},
      'contract',
      "Supply contract 100 % at 12 g/kWh, the rest at the grid's intensity → by tables",
    ],
    [{ priceCpuCoreHour: 0.03 }, { priceCpuCoreHour: 0.04 }, 'price', 'Price of a vCPU-hour 0.03 → 0.04'],
    [{}, { priceStorageGbHour: 0 }, 'price', 'Price of a GB-hour of storage by tables → 0'],
    [{}, { currency: 'EUR' }, 'price', 'Currency USD → EUR'],
    [
      { pue: 1.2 },
      { pue: 1.3, priceGpuHour: 2, priceNetworkGb: 0.1, priceMemoryGbHour: 0.01 },
      'pue',
      'PUE 1.2 → 1.3; Price of a GB-hour of memory by tables → 0.01; Price of a GB over the network by tables → 0.1; Price of a GPU-hour by tables → 2',
    ],
  ])('%j to %j is %s: %s', (before, after, cause, reason) => {
    expect(methodChange(set(before), set(after))).toEqual({ cause, reason });
  });

  test.each<[string, Partial<ContextSettings>]>([
    ['the same again', {}],
    ['the currency that holds anyway', { currency: 'USD' }],
    ['where Prometheus is', { prometheusUrl: 'http://p.test' }],
    ['where OpenCost is', { openCostUrl: 'http://c.test', openCostOff: true }],
  ])('%s changes no figure of the past', (_, change) => {
    expect(methodChange(NONE, set(change))).toBeNull();
  });
});

describe('a method that can be', () => {
  const rule = (change: Partial<ContextSettings['zoneRules'][number]>) =>
    set({ zoneRules: [RULE, { ...RULE, ...change }] });

  test.each<[string, ContextSettings]>([
    ['a country', set({ zone: 'FR' })],
    ['a part of one', set({ zone: 'US-CAL-CISO' })],
    ['the world', set({ zone: 'WORLD' })],
    [
      'rules',
      set({ zoneRules: [RULE, { provider: null, region: null, label: { name: 'x/y', value: null }, zone: 'DE' }] }),
    ],
    ['OpenCost', set({ openCostUrl: 'http://opencost.test:9003/model' })],
  ])('%s is taken', (_, after) => {
    expect(() => checkMethod(after, NONE)).not.toThrow();
  });

  test.each<[string, ContextSettings, RegExp]>([
    ['a name in place of a zone', set({ zone: 'France' }), /^zone: .*key of Electricity Maps/],
    ['a zone of a rule', rule({ zone: 'eu-west-1' }), /^zone_rules, rule 2: .*key of Electricity Maps/],
    ['a rule for all', rule({ provider: null }), /^zone_rules, rule 2 names no provider, region or label/],
    ['a provider that is none', rule({ provider: 'amazon' }), /^zone_rules, rule 2: provider takes one of aws, /],
    ['no address', set({ openCostUrl: 'opencost' }), /^opencost\.url takes an http or https address/],
    ['an address with a password', set({ openCostUrl: 'http://me:hunter2@c.test' }), /^opencost\.url must not hold/],
  ])('%s is refused with the field', (_, after, message) => {
    let failure: Failure | null = null;
    try {
      checkMethod(after, NONE);
    } catch (error) {
      failure = error as Failure;
    }
    expect(failure).toMatchObject({ code: 'bad-input', message: expect.stringMatching(message) });
    expect(failure?.message).not.toContain('hunter2');
  });

  test('what an older version kept is left alone until it is changed', () => {
    const old = set({ zone: 'france' });
    expect(() => checkMethod({ ...old, pue: 1.1 }, old)).not.toThrow();
    expect(() => checkMethod({ ...old, zone: 'germany' }, old)).toThrow(/zone/);
  });
});
