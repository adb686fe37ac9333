import { describe, expect, it } from 'vitest';
import { autoscaler, found, leftOut, type MadeCluster, type MadeWorkload, START } from './made-cluster.ts';

const TYPE = 'OFF_PEAK_SCALING';

function one(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { ...cluster, workloads: [workload] };
}

/** Hour of the UTC week from Monday 0:00. */
const weekday = (hour: number) => Math.floor(hour / 24) % 7 < 5;
const busyFrom = (from: number, to: number) => (hour: number) => hour % 24 >= from && hour % 24 < to;

/** Works from 6 to 20 UTC, seven days a week. */
const NIGHTS: MadeWorkload = {
  pods: 4,
  cpu: (hour) => (busyFrom(6, 20)(hour) ? 400 : 4),
  watts: (hour) => (busyFrom(6, 20)(hour) ? 4 : 0.5),
};

describe('quiet nights', () => {
  const finding = found(one(NIGHTS), TYPE);

  it('are slept through', () => {
    expect(finding?.title).toBe('Sleep 20:00–06:00 on weekdays and 20:00–06:00 on weekend');
    expect(finding?.recommended).toMatchObject({ off_peak_replicas: 0, off_peak_hours_per_week: 70, time_zone: 'UTC' });
  });

  it('save the dynamic energy of those hours, and nothing of the others', () => {
    const joules = 10 * 3600 * 4 * 0.5;
    const grams = (joules * 1.2 * 300) / 3.6e6;
    expect(finding?.savings.joulesPerDay).toBeCloseTo(joules, 6);
    expect(finding?.savings.co2eGramsPerDay.central).toBeCloseTo(grams, 9);
    expect(finding?.savings.co2eGramsPerDay.low).toBeCloseTo(grams * 0.7, 9);
    expect(finding?.savings.needsNodeToGo).toBe(false);
  });

  it('free what is reserved for 70 of 168 hours', () => {
    expect(finding?.savings.freedCpuMillicores).toBeCloseTo((500 * 4 * 70) / 168, 9);
  });

  it('come with an annotation, and commands for those without a downscaler', () => {
    expect(finding?.change?.patchYaml).toContain('downscaler/downtime:');
    expect(finding?.change?.patchYaml).toContain('Mon-Fri 00:00-06:00 UTC,Mon-Fri 20:00-24:00 UTC');
    const lines = finding?.change?.kubectl.split('\n') ?? [];
    expect(lines[0]).toContain('kubectl patch deployment web');
    expect(lines[1]).toBe('# By hand, weekdays 20:00 UTC: kubectl scale deployment web -n shop --replicas=0');
    expect(lines[2]).toContain('--replicas=4');
    expect(finding?.change?.cautions.join()).toContain('no timetable');
  });

  it('shows the line below which it is quiet', () => {
    expect(finding?.evidence.lines.map(({ kind, value }) => [kind, value])).toEqual([
      ['threshold', 1.6 * 0.05],
      ['maximum', 1.6],
    ]);
  });
});

describe('the share of the peak', () => {
  const at = (millicores: number): MadeWorkload => ({
    ...NIGHTS,
    cpu: (hour) => (busyFrom(6, 20)(hour) ? 400 : millicores),
  });

  it.each([
    [19.9, true],
    [20, false],
    [21, false],
  ])('%s of 400 millicores at night: found is %s', (millicores, isFound) => {
    expect(found(one(at(millicores)), TYPE) !== undefined).toBe(isFound);
  });

  it('is a setting', () => {
    expect(found(one(at(100), { thresholds: { offPeakShare: 0.3 } }), TYPE)).toBeDefined();
  });
});

describe('hours in a row', () => {
  const quietFor = (hours: number): MadeWorkload => ({ ...NIGHTS, cpu: (hour) => (hour % 24 < hours ? 1 : 400) });

  it.each([
    [3, false],
    [4, true],
    [5, true],
  ])('%s: found is %s', (hours, isFound) => {
    expect(found(one(quietFor(hours)), TYPE) !== undefined).toBe(isFound);
  });

  it('are counted over midnight', () => {
    const late: MadeWorkload = { ...NIGHTS, cpu: (hour) => (hour % 24 >= 22 || hour % 24 < 2 ? 1 : 400) };
    expect(found(one(late), TYPE)?.title).toContain('22:00–02:00');
  });

  it('apart don’t add up', () => {
    const twice: MadeWorkload = { ...NIGHTS, cpu: (hour) => ([0, 1, 2, 12, 13, 14].includes(hour % 24) ? 1 : 400) };
    expect(found(one(twice), TYPE)).toBeUndefined();
  });
});

describe('days', () => {
  it('weekends are told apart', () => {
    const office: MadeWorkload = {
      ...NIGHTS,
      cpu: (hour) => (weekday(hour) && busyFrom(6, 20)(hour) ? 400 : 4),
    };
    expect(found(one(office), TYPE)?.recommended).toMatchObject({
      off_peak: '20:00–06:00 on weekdays and all day on weekend',
      off_peak_hours_per_week: 50 + 48,
    });
    const weekendOnly: MadeWorkload = { ...NIGHTS, cpu: (hour) => (weekday(hour) ? 400 : 4) };
    expect(found(one(weekendOnly), TYPE)?.recommended.off_peak).toBe('all day on weekend');
  });

  it('four quiet nights of five are most, three are not', () => {
    const busyNights = (count: number): MadeWorkload => ({
      ...NIGHTS,
      cpu: (hour) => (busyFrom(6, 20)(hour) || Math.floor(hour / 24) < count ? 400 : 4),
    });
    expect(found(one(busyNights(1)), TYPE)?.recommended.off_peak).toContain('weekdays');
    expect(found(one(busyNights(2)), TYPE)?.recommended.off_peak).toBe('20:00–06:00 on weekend');
  });

  it('promise nothing of a night on which it worked', () => {
    const once: MadeWorkload = { ...NIGHTS, cpu: (hour) => (busyFrom(6, 20)(hour) || hour < 6 ? 400 : 4) };
    const all = found(one(NIGHTS), TYPE)?.savings.joulesPerDay ?? 0;
    expect(found(one(once), TYPE)?.savings.joulesPerDay).toBeCloseTo((all * (70 - 6)) / 70, 6);
  });

  it('fewer than three weekdays say nothing', () => {
    expect(found(one({ ...NIGHTS, seen: (hour) => hour < 48 }), TYPE)).toBeUndefined();
    expect(found(one({ ...NIGHTS, seen: (hour) => hour < 72 }), TYPE)?.recommended.off_peak).toBe(
      '20:00–06:00 on weekdays',
    );
    expect(found(one({ ...NIGHTS, seen: (hour) => hour < 23 }), TYPE)).toBeUndefined();
  });

  it('hours without data are neither quiet nor busy', () => {
    const asleepAlready: MadeWorkload = { ...NIGHTS, seen: busyFrom(6, 20) };
    expect(found(one(asleepAlready), TYPE)).toBeUndefined();
  });
});

describe('local time', () => {
  it('hours are those of the zone of the settings', () => {
    const finding = found(one(NIGHTS, { thresholds: { timeZone: 'Asia/Tokyo' } }), TYPE);
    expect(finding?.recommended).toMatchObject({ time_zone: 'Asia/Tokyo' });
    expect(finding?.recommended.off_peak).toContain('05:00–15:00 on weekdays');
    expect(finding?.change?.patchYaml).toContain('Mon-Fri 05:00-15:00 Asia/Tokyo');
  });

  it('hold over the day on which clocks go back', () => {
    // Berlin: from UTC+2 to UTC+1 on Sunday 2026-10-25. The work keeps local time: 8 to 20.
    const start = Date.UTC(2026, 9, 21) / 1000;
    const change = (Date.UTC(2026, 9, 25, 1) / 1000 - start) / 3600;
    const local = (hour: number) => (hour + (hour < change ? 2 : 1)) % 24;
    const berlin: MadeWorkload = { ...NIGHTS, cpu: (hour) => (local(hour) >= 8 && local(hour) < 20 ? 400 : 4) };
    const finding = found(one(berlin, { start, hours: 240, thresholds: { timeZone: 'Europe/Berlin' } }), TYPE);
    expect(finding?.recommended.off_peak).toBe('20:00–08:00 on weekdays and 20:00–08:00 on weekend');
  });

  it('an unknown zone is UTC, and says so', () => {
    const finding = found(one(NIGHTS, { start: START, thresholds: { timeZone: 'Nowhere/Town' } }), TYPE);
    expect(finding?.recommended.time_zone).toBe('UTC');
  });
});

describe('what speaks against it', () => {
  it('a horizontal autoscaler', () => {
    const cluster = one(NIGHTS, { autoscalers: [autoscaler('horizontal')] });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('autoscaler decides');
  });

  it.each(['DaemonSet', 'CronJob', 'Job', 'Pod'])('being a %s', (kind) => {
    expect(found(one({ ...NIGHTS, kind }), TYPE)).toBeUndefined();
  });

  it('keeping data: a StatefulSet sleeps at high risk', () => {
    expect(found(one({ ...NIGHTS, kind: 'StatefulSet' }), TYPE)?.change?.cautions.join()).toContain('keeps data');
  });

  it('no use at all', () => {
    expect(found(one({ ...NIGHTS, cpu: 0 }), TYPE)).toBeUndefined();
  });
});
