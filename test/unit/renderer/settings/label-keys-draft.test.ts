import { describe, expect, it } from 'vitest';
import { SettingsInput } from '../../../../src/contract/schemas/settings.ts';
import {
  draftOf,
  isSame,
  labelKeysOf,
  problemsOf,
} from '../../../../src/renderer/features/settings/kubernetes/label-keys-draft.ts';

const keys = { team: ['team', 'app.kubernetes.io/team'], cost_center: ['cost-center'] };
const draft = (team: string, costCenter = 'cost-center') => ({ team, costCenter });

describe('label keys as typed', () => {
  it('come back as they were', () => {
    expect(draftOf(keys)).toEqual({ team: 'team, app.kubernetes.io/team', costCenter: 'cost-center' });
    expect(labelKeysOf(draftOf(keys))).toEqual(keys);
  });

  it.each([
    ['a,b', ['a', 'b']],
    ['  a ,\n b c,, ', ['a', 'b', 'c']],
    ['a, b, a', ['a', 'b']],
    ['', []],
  ])('%j is %j', (typed, expected) => {
    expect(labelKeysOf(draft(typed)).team).toEqual(expected);
  });

  it('are the same in the same order only: the first counts most', () => {
    expect(isSame(keys, { ...keys, team: [...keys.team] })).toBe(true);
    expect(isSame(keys, { ...keys, team: [...keys.team].reverse() })).toBe(false);
    expect(isSame(keys, { ...keys, cost_center: ['cc'] })).toBe(false);
  });
});

describe('what is wrong with them', () => {
  it.each([
    ['team', {}],
    ['example.com/team', {}],
    ['', { team: 'At least one label' }],
    [Array.from({ length: 11 }, (_, index) => `k${index}`).join(' '), { team: 'At most 10 labels' }],
    ['team, -owner', { team: '“-owner” is not the key of a label: example.com/team, or team' }],
    ['a/b/c', { team: '“a/b/c” is not the key of a label: example.com/team, or team' }],
  ])('%j: %j', (typed, problems) => {
    expect(problemsOf(draft(typed))).toEqual(problems);
  });

  it('is said at the field that it is of', () => {
    expect(problemsOf(draft('team', '!'))).toEqual({ costCenter: expect.stringContaining('“!”') });
  });

  it('is what the backend refuses, and nothing else', () => {
    const refused = (typed: string) => !SettingsInput.safeParse({ label_keys: labelKeysOf(draft(typed)) }).success;
    for (const typed of ['team', 'a.b/c', '', 'UPPER', 'x y', '-a', 'a_', 'A.io/b', `${'a'.repeat(64)}`]) {
      expect([typed, Object.keys(problemsOf(draft(typed))).length > 0]).toEqual([typed, refused(typed)]);
    }
  });
});
