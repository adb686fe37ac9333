import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CounterLife, counterGain } from '../../../../src/collectors/prometheus/counter-use.ts';

const WINDOW = { startSeconds: 3600, endSeconds: 7200 };
const LIFE: CounterLife = {
  startedAtSeconds: null,
  endedAtSeconds: null,
  scrapeIntervalSeconds: 30,
  targetSeenBefore: true,
  targetSeenAfter: true,
};
const sampled = (from: number, to: number, valueAt: (seconds: number) => number, every = 30) => {
  const samples: { seconds: number; value: number }[] = [];
  for (let seconds = from; seconds <= to; seconds += every) samples.push({ seconds, value: valueAt(seconds) });
  return samples;
};

describe('counterGain', () => {
  it('interpolates at both edges of a counter that goes on', () => {
    const samples = sampled(3500, 7300, (seconds) => 1000 + 0.5 * seconds);
    expect(counterGain(samples, WINDOW, LIFE)).toBeCloseTo(1800, 6);
  });

  it('gives a pod of 90 s all that it used, from its start and end', () => {
    const start = 5000;
    const samples = sampled(5012, 5089, (seconds) => 0.8 * (seconds - start));
    const gain = counterGain(samples, WINDOW, { ...LIFE, startedAtSeconds: start, endedAtSeconds: 5090 });
    expect(gain).toBeCloseTo(72, 6);
  });

  it('adds half an interval on both sides where start and end are unknown', () => {
    const samples = sampled(5012, 5072, (seconds) => 0.8 * (seconds - 5000));
    expect(counterGain(samples, WINDOW, LIFE)).toBeCloseTo(0.8 * 72 + 0.8 * 15, 6);
  });

  it('takes the value of a single sample as the use since the start', () => {
    expect(
      counterGain([{ seconds: 5000, value: 7 }], WINDOW, { ...LIFE, targetSeenAfter: false, endedAtSeconds: 5000 }),
    ).toBe(7);
    const rated = counterGain([{ seconds: 5000, value: 10 }], WINDOW, {
      ...LIFE,
      startedAtSeconds: 4980,
      endedAtSeconds: 5010,
    });
    expect(rated).toBeCloseTo(15, 6);
  });

  it('counts a reset once', () => {
    const samples = [
      { seconds: 3600, value: 100 },
      { seconds: 3630, value: 110 },
      { seconds: 3660, value: 4 },
      { seconds: 7200, value: 24 },
    ];
    expect(counterGain(samples, WINDOW, LIFE)).toBe(34);
  });

  it('does not count a long life before a hole as use of the window', () => {
    const samples = sampled(4000, 7300, (seconds) => 0.1 * seconds + 50_000);
    const life = { ...LIFE, startedAtSeconds: 10, targetSeenBefore: false };
    expect(counterGain(samples, WINDOW, life)).toBeCloseTo(360, 6);
  });

  it('counts all of a container that began inside a hole of the window', () => {
    const samples = sampled(5000, 7300, (seconds) => 0.5 * (seconds - 4000));
    const life = { ...LIFE, startedAtSeconds: 4000, targetSeenBefore: false };
    expect(counterGain(samples, WINDOW, life)).toBeCloseTo(1600, 6);
  });

  it('goes on at the mean rate when a hole reaches the end of the window', () => {
    const samples = sampled(3500, 6000, (seconds) => 2 * seconds);
    expect(counterGain(samples, WINDOW, { ...LIFE, targetSeenAfter: false })).toBeCloseTo(7200, 6);
  });

  it('ignores a start time of a later run', () => {
    const samples = sampled(5000, 7300, (seconds) => seconds - 4990);
    expect(counterGain(samples, WINDOW, { ...LIFE, startedAtSeconds: 6000 })).toBeCloseTo(2210, 6);
  });

  it('gives what falls into the window of a counter outside of it: nothing', () => {
    expect(counterGain([], WINDOW, LIFE)).toBe(0);
    expect(
      counterGain(
        sampled(3000, 3300, (seconds) => seconds),
        WINDOW,
        LIFE,
      ),
    ).toBe(0);
    expect(
      counterGain(
        sampled(7260, 7350, (seconds) => seconds - 7250),
        WINDOW,
        { ...LIFE, startedAtSeconds: 7250 },
      ),
    ).toBe(0);
  });

  it('adds up over adjacent windows, whatever the samples', () => {
    const steps = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 4, maxLength: 200 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 3500, max: 5000 }),
        fc.integer({ min: 3601, max: 7199 }),
        (gains, from, middle) => {
          let value = 0;
          const samples = gains.map((gain, index) => {
            value += gain;
            return { seconds: from + index * 30, value };
          });
          const life = { ...LIFE, startedAtSeconds: from - 10, endedAtSeconds: from + gains.length * 30 };
          const whole = counterGain(samples, WINDOW, life);
          const left = counterGain(samples, { startSeconds: 3600, endSeconds: middle }, life);
          const right = counterGain(samples, { startSeconds: middle, endSeconds: 7200 }, life);
          // A life that began long before a part of the window is only known to the window it began in.
          if (from - 10 >= 3600 - 150 && from - 10 >= middle - 150)
            return Math.abs(whole - left - right) < 1e-6 * (1 + whole);
          return whole >= 0 && left >= 0 && right >= 0;
        },
      ),
    );
  });
});
