import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureApplied, writtenDays } from '../../../../src/backend/recommendations/measuring.ts';
import { MeasuredStore } from './desk-bench.ts';
import { applied, CLUSTER, DAY, HOUR, NOW, range, savings } from './samples.ts';

const MIDNIGHT = NOW - 10 * HOUR;
const signal = new AbortController().signal;
const zombie = applied({ type: 'ZOMBIE_POD', savings: savings({ co2eGramsPerDay: range(200, 240, 280) }) });

function store() {
  const measured = new MeasuredStore();
  // 240 g a day until it was switched off.
  measured.joulesAt = (hour) => (hour < NOW ? 1_000 : 0);
  return measured;
}

describe('one that is applied', () => {
  it('has nothing to do on its first day, but says what it waits for', async () => {
    const first = await measureApplied(zombie, new Set(), NOW + HOUR, [zombie], store(), signal);
    expect(first).toMatchObject({ isChanged: true, days: [], changes: [], item: { status: 'applied' } });
    expect(first?.item.verification).toMatchObject({ outcome: 'waiting' });
    if (first === null) throw new Error('nothing was said');
    expect(await measureApplied(first.item, new Set(), NOW + 2 * HOUR, [zombie], store(), signal)).toBeNull();
  });

  it('writes down only days that are over and not written yet', async () => {
    const written = new Set([MIDNIGHT + DAY]);
    const measured = await measureApplied(zombie, written, NOW + 4 * DAY, [zombie], store(), signal);
    expect(measured?.days.map((each) => each.dayStartSeconds)).toEqual([MIDNIGHT + 2 * DAY, MIDNIGHT + 3 * DAY]);
    expect(measured?.days[0]).toMatchObject({ promisedCo2eGrams: 240, measuredCo2eGrams: expect.closeTo(240) });
  });

  it('is verified once, with a line of history, and measured on', async () => {
    const settled = await measureApplied(zombie, new Set(), NOW + 8 * DAY, [zombie], store(), signal);
    expect(settled?.item).toMatchObject({ status: 'verified', updatedAtSeconds: NOW + 8 * DAY });
    expect(settled?.changes).toMatchObject([{ status: 'verified', reason: 'Measured: as promised' }]);
    if (settled === null) throw new Error('nothing was measured');
    const week = new Set(settled.days.map((each) => each.dayStartSeconds));
    expect(await measureApplied(settled.item, week, NOW + 8 * DAY, [zombie], store(), signal)).toBeNull();
    const next = await measureApplied(settled.item, week, NOW + 9 * DAY, [zombie], store(), signal);
    expect(next).toMatchObject({ isChanged: false, changes: [] });
    expect(next?.days).toHaveLength(1);
  });

  it('says when it saves more than promised', async () => {
    const modest = { ...zombie, savings: savings({ co2eGramsPerDay: range(10, 20, 30) }) };
    const settled = await measureApplied(modest, new Set(), NOW + 8 * DAY, [modest], store(), signal);
    expect(settled?.changes).toMatchObject([{ status: 'verified', reason: 'Measured: more than promised' }]);
  });

  it('is left alone while it is open, or undone', async () => {
    for (const item of [
      { ...zombie, status: 'active', appliedAtSeconds: null } as const,
      { ...zombie, status: 'regressed' } as const,
    ]) {
      expect(await measureApplied(item, new Set(), NOW + 8 * DAY, [], store(), signal)).toBeNull();
    }
  });
});

it('days that were not measured are measured later', async () => {
  const from = store();
  const measured = await measureApplied(zombie, new Set(), NOW + 3 * DAY, [zombie], from, signal);
  const { epoch } = { epoch: 1 };
  const days = measured?.days ?? [];
  await from.putSavings(
    CLUSTER,
    days.map((each, index) => (index === 0 ? { ...each, measuredCo2eGrams: null } : each)),
    epoch,
  );
  const written = await writtenDays(CLUSTER, NOW + 4 * DAY, from);
  expect([...(written.get('r1') ?? [])]).toEqual([MIDNIGHT + 2 * DAY]);
});

it('no closed day is lost, whenever the backend ran', async () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 12 * 24 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(gaps, async (hours) => {
      const from = store();
      let item = zombie;
      let now = NOW;
      for (const gap of hours) {
        now += gap * HOUR;
        const written = (await writtenDays(CLUSTER, now, from)).get('r1') ?? new Set<number>();
        const measured = await measureApplied(item, written, now, [item], from, signal);
        if (measured === null) continue;
        await from.putSavings(CLUSTER, measured.days, 1);
        item = measured.item;
      }
      const all = await from.savingsDays([], { startSeconds: 0, endSeconds: now }, 1_000);
      const closed = Math.max(0, Math.floor((now - MIDNIGHT) / DAY) - 1);
      expect(all.map((each) => each.dayStartSeconds)).toEqual(
        Array.from({ length: closed }, (_, index) => MIDNIGHT + (index + 1) * DAY),
      );
      expect(all.reduce((sum, each) => sum + (each.measuredCo2eGrams ?? 0), 0)).toBeCloseTo(240 * closed);
    }),
    { numRuns: 40 },
  );
});
