import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GeneralSettings } from '../../../../src/backend/settings/general-settings.ts';
import { areSameKeys, DEFAULT_LABEL_KEYS, ownerLabelsOf } from '../../../../src/backend/settings/label-keys.ts';
import { DEFAULT_OWNER_LABELS } from '../../../../src/core/kubernetes/owner-labels.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

describe('labels that name owners', () => {
  test('are the usual ones in settings that were stored before they could be chosen', () => {
    const stored = { theme: 'dark', timeZone: 'local', defaultZone: 'FR', defaultIntensityGramsPerKwh: null };
    expect(GeneralSettings.parse(stored)).toEqual({ ...stored, labelKeys: DEFAULT_LABEL_KEYS });
    expect(ownerLabelsOf(GeneralSettings.parse(stored))).toEqual(DEFAULT_OWNER_LABELS);
  });

  test('are the same only in the same order', () => {
    const keys = { team: ['a', 'b'], costCenter: ['c'] };
    expect(areSameKeys(keys, { team: ['a', 'b'], costCenter: ['c'] })).toBe(true);
    expect(areSameKeys(keys, { ...keys, team: ['b', 'a'] })).toBe(false);
    expect(areSameKeys(keys, { ...keys, team: ['a'] })).toBe(false);
    expect(areSameKeys(keys, { ...keys, costCenter: ['d'] })).toBe(false);
  });
});

describe('the settings', () => {
  let bench: TestBackend;
  beforeEach(async () => {
    bench = await testBackend();
  });
  afterEach(() => bench.backend.stop());

  const chosen = { team: ['example.com/owner'], cost_center: ['billing', 'cost-center'] };

  test('keep them over a restart, with all else as it was', async () => {
    const before = await bench.client.settings.get();
    const after = await bench.client.settings.update({ label_keys: chosen });
    expect(after).toEqual({ ...before, label_keys: chosen });
    const again = await testBackend({ state: bench.state });
    expect((await again.client.settings.get()).label_keys).toEqual(chosen);
    await again.backend.stop();
  });

  test('refuse what is no label', async () => {
    const bad = { ...chosen, team: ['not a label'] };
    await expect(bench.client.settings.update({ label_keys: bad })).rejects.toMatchObject({ status: 400 });
    expect((await bench.client.settings.get()).label_keys.team).toEqual(DEFAULT_OWNER_LABELS.team);
  });

  test('are what clusters are connected with', async () => {
    const [cluster] = bench.clusters;
    const connected = async () => {
      for await (const _ of await bench.client.contexts.check({ context: 'one' }));
      return cluster?.lastOptions?.ownerLabels;
    };
    expect(await connected()).toEqual(DEFAULT_OWNER_LABELS);
    await bench.client.settings.update({ label_keys: chosen });
    expect(await connected()).toEqual({ team: chosen.team, costCenter: chosen.cost_center });
  });
});
