import { ORPCError } from '@orpc/client';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ThresholdsSection } from '../../../../src/renderer/features/settings/recommendations/ThresholdsSection.tsx';
import {
  ALL_FIELDS,
  changesOf,
  draftOf,
  FIELDS,
  isSameDraft,
  problemsOf,
  usualDraft,
} from '../../../../src/renderer/features/settings/recommendations/thresholds-draft.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { thresholds } from '../../../fakes/client/savings-answers.ts';

const typed = (part: Partial<ReturnType<typeof draftOf>['texts']>) => {
  const draft = draftOf(thresholds);
  return { ...draft, texts: { ...draft.texts, ...part } };
};

describe('the draft', () => {
  it('is written in units that people think in', () => {
    const { texts } = draftOf(thresholds);
    expect(texts.rightsizing_share).toBe('30');
    expect(texts.memory_floor_bytes).toBe('16');
    expect(texts.headroom).toBe('1.2');
    expect(draftOf({ ...thresholds, off_peak_share: 0.07 }).texts.off_peak_share).toBe('7');
  });

  it('has every threshold once, and the defaults that the backend has', () => {
    const all = Object.keys(thresholds).filter((key) => key !== 'include_system_namespaces');
    expect([...ALL_FIELDS].sort()).toEqual(all.sort());
    expect(isSameDraft(draftOf(thresholds), usualDraft)).toBe(true);
  });

  it('sends what changed, as the operation takes it', () => {
    expect(changesOf(thresholds, draftOf(thresholds))).toBeNull();
    expect(changesOf(thresholds, typed({ headroom: '1,5', memory_floor_bytes: '32', node_share: '25' }))).toEqual({
      headroom: 1.5,
      memory_floor_bytes: 32 * 2 ** 20,
      node_share: 0.25,
    });
    expect(changesOf(thresholds, { ...draftOf(thresholds), includeSystem: true })).toEqual({
      include_system_namespaces: true,
    });
    // The same number written otherwise changes nothing.
    expect(changesOf(thresholds, typed({ headroom: '1.20' }))).toBeNull();
  });

  it('refuses what the operation would', () => {
    expect(problemsOf(draftOf(thresholds))).toEqual({});
    for (const field of ALL_FIELDS) {
      const { least, most } = FIELDS[field];
      for (const text of ['', 'many', String(least - 1), String(most + 1)])
        expect(problemsOf(typed({ [field]: text }))[field], `${field} ${text}`).toBeTruthy();
      expect(problemsOf(typed({ [field]: String(most) }))[field]).toBeUndefined();
    }
    expect(problemsOf(typed({ look_back_days: '7.5' })).look_back_days).toContain('A whole number');
  });
});

describe('the section', () => {
  const field = (name: RegExp) => screen.findByRole('textbox', { name });

  it('saves what is typed, and says so', async () => {
    const { calls } = renderPart(<ThresholdsSection />, {
      recommendations: { updateThresholds: async () => ({ ...thresholds, headroom: 1.4 }) },
    });
    const headroom = await field(/^Headroom/);
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save.hasAttribute('disabled')).toBe(true);
    await userEvent.clear(headroom);
    expect(screen.getByText('A number from 1 to 5 (times)')).toBeTruthy();
    expect(save.hasAttribute('disabled')).toBe(true);
    await userEvent.type(headroom, '1.4');
    await userEvent.click(save);
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'recommendations.updateThresholds', input: { headroom: 1.4 } }),
    );
    expect(await screen.findByText('Saved. The next analysis goes by it.')).toBeTruthy();
    expect(((await field(/^Headroom/)) as HTMLInputElement).value).toBe('1.4');
    await userEvent.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(((await field(/^Headroom/)) as HTMLInputElement).value).toBe('1.2');
  });

  it('says why it could not be saved', async () => {
    const refuse = () =>
      Promise.reject(new ORPCError('X', { message: 'It is read only', data: { failure: 'forbidden', hint: null } }));
    renderPart(<ThresholdsSection />, { recommendations: { updateThresholds: refuse } });
    await userEvent.click(await screen.findByRole('switch', { name: 'System namespaces too' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is read only');
    await userEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });
});
