import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { coefficientOverrides, withDefaultZone } from '../../../../src/backend/settings/coefficient-overrides.ts';
import {
  NO_CONTEXT_SETTINGS,
  openContextSettings,
  openCostSettings,
  prometheusSettings,
} from '../../../../src/backend/settings/context-settings.ts';
import { openGeneralSettings } from '../../../../src/backend/settings/general-settings.ts';
import { DEFAULT_LABEL_KEYS } from '../../../../src/backend/settings/label-keys.ts';
import { withoutCredentials } from '../../../../src/backend/settings/redact.ts';
import { StoredValue } from '../../../../src/backend/settings/stored-value.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

describe('a stored value', () => {
  test('is in force at once and on disk when the answer comes', async () => {
    const state = new MemoryState();
    const value = await StoredValue.open(state, 'k', z.number(), 1);
    const written = value.update((before) => before + 1);
    expect(value.value).toBe(2);
    await written;
    expect(state.values.get('k')).toBe(2);
  });

  test('writes keep their order, also after one failed', async () => {
    const state = new MemoryState();
    const set = state.set.bind(state);
    state.set = async (key, value) => {
      if (value === 1) throw new Error('disk full');
      await set(key, value);
    };
    const value = await StoredValue.open(state, 'k', z.number(), 0);
    const failed = value.update((before) => before + 1);
    const good = value.update((before) => before + 1);
    await expect(failed).rejects.toThrow('disk full');
    await good;
    expect(state.values.get('k')).toBe(2);
  });

  test('what no longer has its form counts as not stored', async () => {
    const state = new MemoryState();
    state.values.set('settings', { theme: 'neon' });
    expect((await openGeneralSettings(state)).value.theme).toBe('system');
  });
});

describe('how metrics are reached', () => {
  const settings = {
    ...NO_CONTEXT_SETTINGS,
    prometheusUrl: 'https://set',
    prometheusSecret: 's',
    prometheusUsername: 'me',
  };

  test('the command line wins over the settings', () => {
    expect(prometheusSettings(settings, null).url).toBe('https://set');
    expect(prometheusSettings(settings, 'https://line').url).toBe('https://line');
  });

  test('each kind of sign-in', () => {
    const authOf = (prometheusAuth: 'none' | 'bearer' | 'basic') =>
      prometheusSettings({ ...settings, prometheusAuth }, null).auth;
    expect(authOf('none')).toEqual({ kind: 'none' });
    expect(authOf('bearer')).toEqual({ kind: 'bearer', token: 's' });
    expect(authOf('basic')).toEqual({ kind: 'basic', username: 'me', password: 's' });
  });

  test('a tenant needs a name and a value', () => {
    expect(prometheusSettings({ ...settings, tenantHeader: 'X-Scope-OrgID' }, null).tenantHeader).toBeNull();
    const both = { ...settings, tenantHeader: 'X-Scope-OrgID', tenantValue: 'acme' };
    expect(prometheusSettings(both, null).tenantHeader).toEqual({ name: 'X-Scope-OrgID', value: 'acme' });
  });
});

describe('coefficients that a person set', () => {
  const general = {
    theme: 'system',
    timeZone: 'local',
    defaultZone: null,
    defaultIntensityGramsPerKwh: 50,
    labelKeys: DEFAULT_LABEL_KEYS,
  } as const;

  test('only what is set overrides the tables', () => {
    expect(coefficientOverrides(NO_CONTEXT_SETTINGS, general, 'direct')).toEqual({
      pue: null,
      zone: null,
      defaultIntensityGramsPerKwh: 50,
      prices: null,
      contract: null,
      factorType: 'direct',
      zoneRules: [],
    });
    const settings = { ...NO_CONTEXT_SETTINGS, priceCpuCoreHour: 0, currency: 'EUR' };
    expect(coefficientOverrides(settings, general, 'lifecycle').prices).toEqual({ cpuCoreHour: 0, currency: 'EUR' });
  });

  test('all that can be set reaches the ports', () => {
    const contract = { share: 0.5, contractGramsPerKwh: 10, residualGramsPerKwh: 400 };
    const zoneRules = [{ provider: null, region: null, label: { name: 'pool', value: 'north' }, zone: 'NO-NO2' }];
    const prices = { priceStorageGbHour: 1, priceNetworkGb: 2, priceGpuHour: 3, priceMemoryGbHour: 4 };
    const settings = { ...NO_CONTEXT_SETTINGS, ...prices, pue: 1.2, zone: 'FR', contract, zoneRules };
    expect(coefficientOverrides(settings, general, 'lifecycle')).toEqual({
      pue: 1.2,
      zone: 'FR',
      defaultIntensityGramsPerKwh: 50,
      prices: { storageGbHour: 1, networkGb: 2, gpuHour: 3, memoryGbHour: 4 },
      contract,
      factorType: 'lifecycle',
      zoneRules,
    });
  });

  test('OpenCost is found by itself, asked at an address, or left alone', () => {
    expect(openCostSettings(NO_CONTEXT_SETTINGS)).toEqual({ url: null, isOff: false });
    const set = { ...NO_CONTEXT_SETTINGS, openCostUrl: 'http://cost.test:9003', openCostOff: true };
    expect(openCostSettings(set)).toEqual({ url: 'http://cost.test:9003', isOff: true });
  });

  test('what an older version kept is read, with nothing set of what it did not know', async () => {
    const state = new MemoryState();
    const { priceStorageGbHour, priceNetworkGb, priceGpuHour, contract, zoneRules, openCostUrl, openCostOff, ...old } =
      {
        ...NO_CONTEXT_SETTINGS,
        pue: 1.3,
      };
    await state.set('context-settings', { one: old });
    const { value } = await openContextSettings(state);
    expect(value['one']).toEqual({ ...NO_CONTEXT_SETTINGS, pue: 1.3 });
    expect([priceStorageGbHour, priceNetworkGb, priceGpuHour, contract, zoneRules, openCostUrl, openCostOff]).toEqual([
      null,
      null,
      null,
      null,
      [],
      null,
      false,
    ]);
  });

  test('the default zone moves only nodes without a place, and takes their intensities along', async () => {
    const { sources } = fakeCoefficients();
    const [node] = new FakeCluster().nodes;
    const { grid } = withDefaultZone(sources, 'SE-SE3');
    expect(await grid.zoneFor(node!)).toMatchObject({ zone: 'FR' });
    expect(await grid.zoneFor({ ...node!, region: null })).toEqual({
      zone: 'SE-SE3',
      countryCode: 'SE',
      foundBy: 'person',
    });
    expect(await grid.directFor({ zone: 'SE-SE3', countryCode: 'SE', foundBy: 'person' }, 0)).toBeNull();
    expect(withDefaultZone(sources, null)).toBe(sources);
  });
});

test.each([
  ['https://me:pw@host:9090/prom?token=x#y', 'https://host:9090/prom'],
  ['http://host', 'http://host'],
  ['pw', '(not an address)'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown);
});
