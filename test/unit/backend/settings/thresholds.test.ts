import { expect, it } from 'vitest';
import { changedThresholds, openThresholds, thresholdsInForce } from '../../../../src/backend/settings/thresholds.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

it('keeps only what differs from the defaults', () => {
  const once = changedThresholds({}, { headroom: 1.5, nodeShare: DEFAULT_THRESHOLDS.nodeShare });
  expect(once).toEqual({ headroom: 1.5 });
  expect(changedThresholds(once, { headroom: DEFAULT_THRESHOLDS.headroom })).toEqual({});
});

it('is in force over the defaults, in the time zone of the person', () => {
  expect(thresholdsInForce({ headroom: 1.5 }, 'Europe/Paris')).toEqual({
    ...DEFAULT_THRESHOLDS,
    headroom: 1.5,
    timeZone: 'Europe/Paris',
  });
  expect(thresholdsInForce({}, 'local').timeZone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
});

it('takes what is stored and no longer makes sense for not stored', async () => {
  const state = new MemoryState();
  const stored = await openThresholds(state);
  await stored.update(() => ({ headroom: 2 }));
  expect((await openThresholds(state)).value).toEqual({ headroom: 2 });
  await state.set('recommendation-thresholds', { headroom: 0 });
  expect((await openThresholds(state)).value).toEqual({});
});
