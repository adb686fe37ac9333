import { describe, expect, test } from 'vitest';
import { SealedSecrets } from '../../../../src/backend/secrets/secrets.ts';
import { type GivenSources, SourceChoices } from '../../../../src/backend/settings/source-settings.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

const KEY = 'the-secret-key';
const secretsOf = (state: MemoryState) => new SealedSecrets({ state, key: async () => new Uint8Array(32) });
const open = (state = new MemoryState(), given: GivenSources = {}) =>
  SourceChoices.open(state, secretsOf(state), given);

describe('settings of outside sources', () => {
  test('begin with lifecycle factors, no key and no address', async () => {
    expect((await open()).value).toEqual({
      offline: false,
      factorType: 'lifecycle',
      electricityMapsEnabled: true,
      electricityMapsKey: null,
      gbEnabled: true,
      boaviztaUrl: null,
    });
  });

  test('are kept over restarts, the key as a secret', async () => {
    const state = new MemoryState();
    const choices = await open(state);
    await choices.update({ factorType: 'direct', offline: true, electricityMapsKey: KEY, gbEnabled: false });
    expect(JSON.stringify([...state.values])).not.toContain(KEY);
    expect((await open(state)).value).toMatchObject({
      factorType: 'direct',
      offline: true,
      electricityMapsKey: KEY,
      gbEnabled: false,
    });
    await choices.update({ electricityMapsKey: null });
    expect((await open(state)).value.electricityMapsKey).toBeNull();
    expect([...state.values.keys()]).toEqual(['source-settings']);
  });

  test('what is left out stays', async () => {
    const choices = await open();
    await choices.update({ boaviztaUrl: 'https://b.example' });
    await choices.update({ electricityMapsEnabled: false });
    expect(choices.value).toMatchObject({ boaviztaUrl: 'https://b.example', electricityMapsEnabled: false });
  });

  test('whoever follows is told after each change', async () => {
    const choices = await open();
    const seen: boolean[] = [];
    const off = choices.onChange(() => seen.push(choices.value.offline));
    await choices.update({ offline: true });
    off();
    await choices.update({ offline: false });
    expect(seen).toEqual([true]);
  });

  test('variables win, and what they say is not changed from here', async () => {
    const choices = await open(new MemoryState(), { offline: true, electricityMapsKey: KEY });
    expect(choices.value).toMatchObject({ offline: true, electricityMapsKey: KEY });
    const refused = await choices.update({ offline: false }).catch((error: Error) => error);
    expect(refused).toMatchObject({ code: 'conflict' });
    const other = await choices.update({ electricityMapsKey: 'other' }).catch((error: Error) => error);
    expect(other).toMatchObject({ code: 'conflict' });
    expect(String(other)).not.toMatch(/the-secret-key|other/);
    await choices.update({ offline: true, gbEnabled: false });
    expect(choices.value.gbEnabled).toBe(false);
  });

  test('a key that can’t be opened any more counts as not set', async () => {
    const state = new MemoryState();
    await (await open(state)).update({ electricityMapsKey: KEY });
    const other = new SealedSecrets({ state, key: async () => new Uint8Array(32).fill(1) });
    expect((await SourceChoices.open(state, other)).value.electricityMapsKey).toBeNull();
    const broken = new SealedSecrets({ state, key: () => Promise.reject(new Error('no key file')) });
    expect((await SourceChoices.open(state, broken)).value.electricityMapsKey).toBeNull();
  });
});
