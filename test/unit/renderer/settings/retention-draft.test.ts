import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRetention, DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import {
  DEFAULTS,
  daysOf,
  draftOf,
  isSame,
  LEVELS,
  problemsOf,
  type RetentionDraft,
  retentionOf,
} from '../../../../src/renderer/features/settings/retention/retention-draft.ts';

const draft = (more: Partial<RetentionDraft> = {}): RetentionDraft => ({ ...draftOf(DEFAULTS), ...more });

describe('retention as it is typed', () => {
  it('begins with the defaults of the model, which are right', () => {
    expect(DEFAULTS).toEqual({
      raw_days: DEFAULT_RETENTION.rawDays,
      pod_hour_days: DEFAULT_RETENTION.podHourDays,
      hour_days: DEFAULT_RETENTION.hourDays,
      pod_day_days: DEFAULT_RETENTION.podDayDays,
      day_days: DEFAULT_RETENTION.dayDays,
    });
    expect(problemsOf(draft())).toEqual({});
    expect(retentionOf(draft())).toEqual(DEFAULTS);
    expect(isSame(retentionOf(draft()), DEFAULTS)).toBe(true);
    expect(isSame({ ...DEFAULTS, day_days: 4000 }, DEFAULTS)).toBe(false);
  });

  it('knows for ever from nothing', () => {
    expect(daysOf(null)).toBe(Number.POSITIVE_INFINITY);
    expect(daysOf('')).toBeNaN();
    expect(daysOf('3.5')).toBeNaN();
    expect(daysOf('-3')).toBeNaN();
    expect(daysOf(' 30 ')).toBe(30);
  });

  it('names the field that is wrong, and what works', () => {
    expect(problemsOf(draft({ raw_days: '2' }))).toEqual({ raw_days: 'Whole days, at least 3.' });
    expect(problemsOf(draft({ raw_days: '91' }))).toEqual({ raw_days: 'Not longer than pod hours (90 days).' });
    expect(problemsOf(draft({ pod_hour_days: '500' }))).toEqual({ pod_hour_days: 'Not longer than hours (400 days).' });
    expect(problemsOf(draft({ pod_day_days: '60' }))).toEqual({ pod_hour_days: 'Not longer than pod days (60 days).' });
    expect(problemsOf(draft({ day_days: '365' }))).toEqual({
      hour_days: 'Not longer than days (365 days).',
      pod_day_days: 'Not longer than days (365 days).',
    });
    expect(problemsOf(draft({ day_days: '40000' })).day_days).toContain('century');
  });

  it('does not blame a level for a coarser one that can not be read', () => {
    expect(problemsOf(draft({ hour_days: 'x' }))).toEqual({ hour_days: 'Whole days, at least 3.' });
  });

  it('agrees with the backend on what can be kept', () => {
    const days = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(days, days, days, days, fc.option(days), (raw, podHour, hour, podDay, day) => {
        const typed = draftOf({
          raw_days: raw,
          pod_hour_days: podHour,
          hour_days: hour,
          pod_day_days: podDay,
          day_days: day,
        });
        let isAccepted = true;
        try {
          checkRetention({ rawDays: raw, podHourDays: podHour, hourDays: hour, podDayDays: podDay, dayDays: day });
        } catch {
          isAccepted = false;
        }
        expect(Object.keys(problemsOf(typed)).length === 0).toBe(isAccepted);
      }),
    );
  });

  it('has five levels, finest first', () => {
    expect(LEVELS).toEqual(['raw_days', 'pod_hour_days', 'hour_days', 'pod_day_days', 'day_days']);
  });
});
