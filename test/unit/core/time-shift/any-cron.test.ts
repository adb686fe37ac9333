import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCron } from '../../../../src/core/time-shift/cron.ts';
import { cronStarts } from '../../../../src/core/time-shift/cron-starts.ts';

/** A field, and by itself what it allows. */
const field = (from: number, to: number) =>
  fc.oneof(
    fc.constant({ text: '*', allows: () => true, isOpen: true }),
    fc.integer({ min: from, max: to }).map((only) => ({
      text: String(only),
      allows: (value: number) => value === only,
      isOpen: false,
    })),
    fc.integer({ min: 1, max: 12 }).map((step) => ({
      text: `*/${step}`,
      allows: (value: number) => (value - from) % step === 0,
      isOpen: true,
    })),
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      .map(([low, high]) => ({
        text: `${low}-${high}`,
        allows: (value: number) => value >= low && value <= high,
        isOpen: false,
      })),
  );

const anySchedule = fc.record({
  minute: field(0, 59),
  hour: field(0, 23),
  day: field(1, 31),
  month: field(1, 12),
  weekday: field(0, 6),
});
const start = Date.UTC(2026, 1, 26, 3, 7) / 1000;

describe('any schedule', () => {
  test('starts in just those minutes that its fields allow', () => {
    fc.assert(
      fc.property(anySchedule, ({ minute, hour, day, month, weekday }) => {
        const schedule = parseCron([minute, hour, day, month, weekday].map(({ text }) => text).join(' '));
        if (schedule === null) throw new Error('not understood');
        const expected: number[] = [];
        const endSeconds = start + 3 * 86_400;
        for (let at = start; at < endSeconds; at += 60) {
          const date = new Date(at * 1000);
          const isDay = day.allows(date.getUTCDate());
          const isWeekday = weekday.allows(date.getUTCDay());
          const isEither = !day.isOpen && !weekday.isOpen;
          if (!month.allows(date.getUTCMonth() + 1) || !(isEither ? isDay || isWeekday : isDay && isWeekday)) continue;
          if (hour.allows(date.getUTCHours()) && minute.allows(date.getUTCMinutes())) expected.push(at);
        }
        expect(cronStarts(schedule, { startSeconds: start, endSeconds }, 'UTC')).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('is understood or refused, never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789*/-,? @adehlmnortuwy') }), (text) => {
        const schedule = parseCron(text);
        if (schedule !== null) expect(schedule.minutes.size).toBeGreaterThan(0);
      }),
    );
  });
});
