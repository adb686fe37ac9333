import { describe, expect, it } from 'vitest';
import { changesOf, draftOf, problemsOf } from '../../../../src/renderer/features/settings/factors/factors-draft.ts';
import { generalSettings } from '../../../fakes/client/answers.ts';

const kept = { ...generalSettings, default_zone: 'FR', default_intensity: 52.5 };

describe('factors as they are typed', () => {
  it('begin with what is kept', () => {
    expect(draftOf(kept)).toEqual({ zone: 'FR', intensity: '52.5' });
    expect(draftOf(generalSettings)).toEqual({ zone: '', intensity: '' });
  });

  it('change only what was changed', () => {
    expect(changesOf(kept, draftOf(kept))).toBeNull();
    expect(changesOf(kept, { zone: ' us-cal-ciso ', intensity: '52.5' })).toEqual({ default_zone: 'US-CAL-CISO' });
    expect(changesOf(kept, { zone: 'FR', intensity: '60,5' })).toEqual({ default_intensity: 60.5 });
  });

  it('go back to none with an empty field', () => {
    expect(changesOf(kept, { zone: '', intensity: '' })).toEqual({ default_zone: null, default_intensity: null });
  });

  it.each([
    ['France', ''],
    ['F', ''],
    ['', '0'],
    ['', '-5'],
    ['', 'much'],
    ['', '2001'],
  ])('refuse zone %j with intensity %j', (zone, intensity) => {
    expect(Object.keys(problemsOf({ zone, intensity }))).toEqual([zone === '' ? 'intensity' : 'zone']);
  });

  it('take a zone in small letters and the dirtiest grid', () => {
    expect(problemsOf({ zone: 'fr', intensity: '2000' })).toEqual({});
  });
});
