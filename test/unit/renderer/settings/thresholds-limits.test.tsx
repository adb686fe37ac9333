import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ThresholdSettings, ThresholdSettingsInput } from '../../../../src/contract/schemas/recommendations.ts';
import { ThresholdsSection } from '../../../../src/renderer/features/settings/recommendations/ThresholdsSection.tsx';
import {
  ALL_FIELDS,
  changesOf,
  draftOf,
  FIELDS,
  type Field,
  isSameDraft,
  problemsOf,
  type ThresholdsDraft,
  usualDraft,
} from '../../../../src/renderer/features/settings/recommendations/thresholds-draft.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { thresholds } from '../../../fakes/client/savings-answers.ts';
import { never, refusal } from '../recommendations/page.tsx';

const typed = (field: Field, text: string): ThresholdsDraft => {
  const draft = draftOf(thresholds);
  return { ...draft, texts: { ...draft.texts, [field]: text } };
};
const isTaken = (field: Field, text: string) => problemsOf(typed(field, text))[field] === undefined;

describe('each threshold', () => {
  it.each(ALL_FIELDS)('%s: both ends are taken by the form and by the operation', (field) => {
    const { least, most } = FIELDS[field];
    for (const value of [least, most]) {
      const draft = typed(field, String(value));
      expect(problemsOf(draft)[field]).toBeUndefined();
      const changes = changesOf(thresholds, draft) ?? {};
      expect(ThresholdSettingsInput.safeParse(changes).success).toBe(true);
    }
  });

  it.each(ALL_FIELDS)('%s: what the operation refuses is refused before', (field) => {
    const { size } = FIELDS[field];
    for (const text of ['0', '-1', '0.5', '1', '1.0005', '5.5', '25', '99.5', '100', '1000', '20000', '1e9']) {
      const isRight = ThresholdSettings.shape[field].safeParse(Number(text) * size).success;
      // The form may be narrower than the operation, never wider.
      if (isTaken(field, text)) expect(isRight, `${field} ${text}`).toBe(true);
    }
  });

  it.each(ALL_FIELDS)('%s: the default is in its limits', (field) => {
    const { least, most, usual } = FIELDS[field];
    expect(usual).toBeGreaterThanOrEqual(least);
    expect(usual).toBeLessThanOrEqual(most);
  });

  it.each(ALL_FIELDS)('%s: is written and read back the same', (field) => {
    const { least, usual } = FIELDS[field];
    const { size } = FIELDS[field];
    for (const value of [least, usual]) {
      const settings = { ...thresholds, [field]: Number((value * size).toPrecision(12)) };
      expect(changesOf(settings, draftOf(settings))).toBeNull();
    }
  });
});

describe('a number as people write it', () => {
  it.each([
    ['headroom', '1,5', { headroom: 1.5 }],
    ['headroom', ' 1.5 ', { headroom: 1.5 }],
    ['rightsizing_share', '33.3', { rightsizing_share: 0.333 }],
    ['off_peak_share', '7', { off_peak_share: 0.07 }],
    ['idle_pod_watts', '0,005', { idle_pod_watts: 0.005 }],
    ['memory_floor_bytes', '1.5', { memory_floor_bytes: 1.5 * 2 ** 20 }],
    ['cpu_floor_millicores', '1000', { cpu_floor_millicores: 1000 }],
  ] as const)('%s "%s"', (field, text, changes) => {
    expect(problemsOf(typed(field, text))).toEqual({});
    expect(changesOf(thresholds, typed(field, text))).toEqual(changes);
  });

  it.each([
    ['cpu_floor_millicores', '1,000'],
    ['memory_floor_bytes', '64,000'],
    ['cpu_floor_millicores', '1.000,5'],
    ['headroom', '1.2.3'],
    ['headroom', '1,2,3'],
    ['headroom', '120 %'],
    ['headroom', 'Infinity'],
    ['headroom', 'NaN'],
    ['look_back_days', '7.5'],
    ['look_back_days', '7 days'],
    ['off_peak_min_hours', '4,5'],
  ] as const)('%s "%s" is not guessed', (field, text) => {
    expect(isTaken(field, text)).toBe(false);
  });

  it('the words of a problem name the limits and the unit', () => {
    expect(problemsOf(typed('look_back_days', '40')).look_back_days).toBe('A whole number from 1 to 31 (days)');
    expect(problemsOf(typed('idle_pod_watts', '0')).idle_pod_watts).toBe('A number from 0.001 to 1000 (W)');
  });

  it('several problems are told each at its field', () => {
    const draft = draftOf(thresholds);
    const texts = { ...draft.texts, headroom: '', node_share: '0', look_back_days: '31' };
    expect(Object.keys(problemsOf({ ...draft, texts })).sort()).toEqual(['headroom', 'node_share']);
  });
});

describe('the defaults', () => {
  it('are told from what only differs in writing', () => {
    const draft = draftOf(thresholds);
    expect(isSameDraft({ ...draft, texts: { ...draft.texts, headroom: '1,20' } }, usualDraft)).toBe(true);
    expect(isSameDraft({ ...draft, includeSystem: true }, usualDraft)).toBe(false);
    expect(isSameDraft(typed('headroom', '1.21'), usualDraft)).toBe(false);
  });
});

describe('the section', () => {
  const withThresholds = (recommendations: NonNullable<FakeOperations['recommendations']>) =>
    renderPart(<ThresholdsSection />, { recommendations }, '/?tz=UTC');
  const field = (name: RegExp) => screen.findByRole('textbox', { name });
  const isOff = (name: string) => screen.getByRole('button', { name }).hasAttribute('disabled');
  const type = async (name: RegExp, value: string) => fireEvent.change(await field(name), { target: { value } });
  beforeEach(() => localStorage.clear());

  it('has every threshold with its unit, default and present value', async () => {
    withThresholds({ thresholds: async () => ({ ...thresholds, look_back_days: 14 }) });
    expect(await field(/^Look back, days/)).toHaveProperty('value', '14');
    expect(screen.getAllByRole('textbox')).toHaveLength(ALL_FIELDS.length);
    for (const each of ALL_FIELDS)
      expect(screen.getAllByText(`Default: ${FIELDS[each].usual}`).length).toBeGreaterThan(0);
  });

  it('sends only what changed, once', async () => {
    const { calls } = withThresholds({});
    await type(/^Look back/, '14');
    await type(/^Node hardly used below/, '25');
    await type(/^Headroom/, '1.20');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(calls.filter(({ operation }) => operation === 'recommendations.updateThresholds')).toEqual([
        { operation: 'recommendations.updateThresholds', input: { look_back_days: 14, node_share: 0.25 } },
      ]),
    );
  });

  it('a problem in one field holds back all', async () => {
    const { calls } = withThresholds({});
    await type(/^Look back/, '14');
    await type(/^Headroom/, '0.9');
    expect(await screen.findByText('A number from 1 to 5 (times)')).toBeTruthy();
    expect(isOff('Save')).toBe(true);
    fireEvent.submit((await field(/^Headroom/)).closest('form') as HTMLFormElement);
    expect(calls.some(({ operation }) => operation === 'recommendations.updateThresholds')).toBe(false);
  });

  it('shows what the backend kept, not what was typed', async () => {
    withThresholds({ updateThresholds: async () => ({ ...thresholds, look_back_days: 10 }) });
    await type(/^Look back/, '14');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved. The next analysis goes by it.')).toBeTruthy();
    expect(await field(/^Look back/)).toHaveProperty('value', '10');
    expect(isOff('Save')).toBe(true);
  });

  it('is not "saved" any more as soon as something is typed', async () => {
    withThresholds({ updateThresholds: async () => ({ ...thresholds, look_back_days: 14 }) });
    await type(/^Look back/, '14');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText(/^Saved/);
    await type(/^Look back/, '15');
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  it('refused: what was typed stays', async () => {
    withThresholds({ updateThresholds: refusal('The store is read only', 'forbidden', 'Ask who runs it.') });
    await type(/^Look back/, '14');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe('The store is read onlyAsk who runs it.');
    expect(await field(/^Look back/)).toHaveProperty('value', '14');
    expect(isOff('Save')).toBe(false);
  });

  it('changes are taken back at once, and there is nothing to take back at first', async () => {
    withThresholds({});
    await field(/^Headroom/);
    expect(screen.queryByRole('button', { name: 'Undo changes' })).toBeNull();
    await type(/^Headroom/, '4');
    fireEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(await field(/^Headroom/)).toHaveProperty('value', '1.2');
    expect(isOff('Save')).toBe(true);
  });

  it('the defaults are written into the fields and saved only then', async () => {
    const { calls } = withThresholds({
      thresholds: async () => ({ ...thresholds, headroom: 2, include_system_namespaces: true }),
    });
    await field(/^Headroom/);
    fireEvent.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(await field(/^Headroom/)).toHaveProperty('value', '1.2');
    expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('false');
    expect(isOff('Reset to defaults')).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'recommendations.updateThresholds',
        input: { headroom: 1.2, include_system_namespaces: false },
      }),
    );
  });

  it('loading and failed: no field with a value that nobody gave', async () => {
    const { unmount } = withThresholds({ thresholds: never });
    expect((await screen.findByRole('region', { name: 'Thresholds' })).getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('textbox')).toBeNull();
    unmount();
    withThresholds({ thresholds: refusal('The store refused', 'store') });
    expect((await screen.findByRole('alert')).textContent).toContain('The store refused');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});
