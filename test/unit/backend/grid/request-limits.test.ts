import { beforeEach, describe, expect, test } from 'vitest';
import { type Question, type QuestionKind, RequestLimits } from '../../../../src/backend/grid/request-limits.ts';
import { RetryLater } from '../../../../src/collectors/grid/retry-later.ts';
import { Failure, type FailureCode } from '../../../../src/model/failure.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { HOUR, NOON } from '../../../fakes/grid/grid-bench.ts';

const FEED = 'electricity-maps';
const DAY = 86_400;
let time: ManualTime;
let state: MemoryState;
let limits: RequestLimits;

beforeEach(async () => {
  time = new ManualTime(NOON + 600);
  state = new MemoryState();
  limits = await RequestLimits.open(state, time, () => 0);
});

const question = (kind: QuestionKind, zone = 'DE', span: Question['span'] = null): Question => ({
  feedId: FEED,
  zone,
  kind,
  span,
});
const latest = question('latest');
const failure = (code: FailureCode) => new Failure(code, 'It failed.');

/** Hours until the question is allowed again, found by trying every minute; null within two days. */
async function hoursUntil(asked: Question): Promise<number | null> {
  const start = time.nowSeconds();
  for (let minute = 0; minute < 48 * 60; minute += 1) {
    if (limits.allows(asked)) return (time.nowSeconds() - start) / HOUR;
    time.sleep(60);
  }
  return null;
}

describe('what may be asked', () => {
  test('the newest value and a forecast once a zone and hour of the clock', async () => {
    for (const kind of ['latest', 'forecast'] as const) {
      expect(limits.allows(question(kind))).toBe(true);
      await limits.asked(question(kind));
      expect(limits.allows(question(kind))).toBe(false);
      expect(limits.allows(question(kind, 'FR'))).toBe(true);
    }
    time.sleep(49 * 60);
    expect(limits.allows(latest)).toBe(false);
    time.sleep(60);
    expect(limits.allows(latest)).toBe(true);
  });

  test('a span of the past once, and what of it was still to come later', async () => {
    const whole = question('past', 'DE', { startSeconds: NOON - 20 * DAY, endSeconds: NOON - 10 * DAY });
    await limits.asked(whole);
    time.sleep(100 * HOUR);
    expect(limits.allows(whole)).toBe(false);
    const other = question('past', 'DE', { startSeconds: NOON - 30 * DAY, endSeconds: NOON - 20 * DAY });
    expect(limits.allows(other)).toBe(true);

    const running = { startSeconds: NOON - 10 * DAY, endSeconds: NOON };
    await limits.asked(question('past', 'DE', running));
    expect(limits.allows(question('past', 'DE', running))).toBe(false);
    const longer = question('past', 'DE', { ...running, endSeconds: NOON + HOUR });
    expect(limits.allows(longer)).toBe(false);
    time.sleep(HOUR);
    expect(limits.allows(longer)).toBe(true);
  });

  test('a span whose reading failed once more, in another hour', async () => {
    const span = question('past', 'DE', { startSeconds: NOON - 10 * DAY, endSeconds: NOON });
    await limits.asked(span);
    await limits.failed(span, failure('unreachable'));
    expect(await hoursUntil(span)).toBeCloseTo(50 / 60, 5);
  });

  test('the last days again every six hours, not after they were read as a span', async () => {
    const settle = question('settle', 'DE', { startSeconds: NOON - 3 * DAY, endSeconds: NOON });
    await limits.asked(settle);
    expect(await hoursUntil(settle)).toBe(6);
    expect(limits.readLately(FEED, 'DE')).toBe(false);
    await limits.asked(question('past', 'DE', { startSeconds: NOON - DAY, endSeconds: time.nowSeconds() }));
    expect(limits.readLately(FEED, 'DE')).toBe(true);
    expect(limits.readLately(FEED, 'FR')).toBe(false);
    time.sleep(6 * HOUR);
    expect(limits.readLately(FEED, 'DE')).toBe(false);
  });
});

describe('after a failure', () => {
  test.each<[FailureCode, string, number[]]>([
    ['unreachable', 'FR', [1, 2, 4, 8, 16, 32, 60, 60]],
    ['timeout', 'FR', [1, 2, 4, 8]],
    ['tls', 'FR', [1, 2, 4]],
  ])('%s: all zones wait, longer each time, up to an hour', async (code, zone, minutes) => {
    for (const expected of minutes) {
      await limits.failed(latest, failure(code));
      expect((await hoursUntil(question('latest', zone))) ?? 0).toBeCloseTo(expected / 60, 1);
    }
    await limits.succeeded(latest, false);
    await limits.failed(latest, failure(code));
    expect(await hoursUntil(question('latest', zone))).toBeCloseTo(1 / 60, 5);
  });

  test('an answer that can’t be used concerns its zone', async () => {
    await limits.failed(latest, failure('bad-answer'));
    expect(limits.allows(question('latest', 'FR'))).toBe(true);
    expect(limits.allows(question('forecast'))).toBe(false);
    expect(await hoursUntil(latest)).toBe(1);
    await limits.failed(latest, failure('bad-answer'));
    expect(await hoursUntil(latest)).toBe(2);
  });

  test('what the plan does not allow is left for a day, and nothing else', async () => {
    await limits.failed(question('forecast'), failure('forbidden'));
    expect(limits.allows(latest)).toBe(true);
    expect(limits.allows(question('forecast', 'FR'))).toBe(true);
    expect(await hoursUntil(question('forecast'))).toBe(24);
  });

  test('what was cancelled counts for nothing', async () => {
    await limits.failed(latest, failure('cancelled'));
    expect(limits.allows(latest)).toBe(true);
  });

  test('a publisher names the instant', async () => {
    await limits.failed(latest, new RetryLater('It', 5400));
    expect(limits.feedPausedUntil(FEED)).toBe(time.nowSeconds() + 5400);
    expect(limits.feedPausedUntil('gb-carbon-intensity')).toBeNull();
    expect(await hoursUntil(question('past', 'FR', { startSeconds: 0, endSeconds: 1 }))).toBe(1.5);
  });

  test('a refused key ends everything until it is another one', async () => {
    await limits.asked(latest);
    await limits.failed(latest, failure('unauthenticated'));
    expect(await hoursUntil(question('forecast', 'FR'))).toBeNull();
    await limits.forget(FEED);
    expect(limits.allows(latest)).toBe(true);
  });
});

describe('what is remembered', () => {
  test('a zone without values for a day, over a restart', async () => {
    await limits.succeeded(latest, true);
    limits = await RequestLimits.open(state, time, () => 0);
    expect(limits.allows(question('past', 'DE', { startSeconds: 0, endSeconds: 1 }))).toBe(false);
    expect(limits.allows(question('latest', 'FR'))).toBe(true);
    expect(await hoursUntil(latest)).toBe(24);
  });

  test('when each zone, and any, last had a value', async () => {
    expect(limits.lastGoodSeconds(FEED, null)).toBeNull();
    await limits.succeeded(latest, false);
    time.sleep(HOUR);
    await limits.succeeded(question('latest', 'FR'), false);
    await limits.succeeded(question('latest', 'SE'), true);
    limits = await RequestLimits.open(state, time, () => 0);
    expect(limits.lastGoodSeconds(FEED, 'DE')).toBe(NOON + 600);
    expect(limits.lastGoodSeconds(FEED, 'SE')).toBeNull();
    expect(limits.lastGoodSeconds(FEED, null)).toBe(NOON + 600 + HOUR);
  });

  test('no more than the rules need', async () => {
    for (let day = 0; day < 40; day += 1) {
      const startSeconds = NOON + day * DAY;
      await limits.asked(question('past', 'DE', { startSeconds, endSeconds: startSeconds + DAY }));
      time.sleep(DAY);
    }
    expect(JSON.stringify([...state.values]).length).toBeLessThan(2_000);
  });

  test('a disk that is full stops no figure', async () => {
    state.set = async () => {
      throw new Error('disk full');
    };
    await limits.asked(latest);
    expect(limits.allows(latest)).toBe(false);
  });
});
