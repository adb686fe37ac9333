import { describe, expect, it } from 'vitest';
import { found, leftOut, type MadeCluster, type MadeWorkload } from './made-cluster.ts';

const TYPE = 'CARBON_AWARE_SCHEDULING';

/** Dirty from midnight to 6, clean round noon; UTC. */
const grid = (hour: number) => (hour % 24 < 6 ? 600 : hour % 24 >= 11 && hour % 24 < 15 ? 100 : 250);
/** Plain mean of that day. */
const MEAN = (6 * 600 + 4 * 100 + 14 * 250) / 24;

/** Runs two hours from 1:00 each day. */
const NIGHTLY: MadeWorkload = {
  kind: 'CronJob',
  name: 'rollup',
  pods: 1,
  cpu: 300,
  watts: 20,
  seen: (hour) => hour % 24 === 1 || hour % 24 === 2,
  spec: { schedule: '30 1 * * *' },
};

function one(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): MadeCluster {
  return { intensity: grid, ...cluster, workloads: [workload] };
}

describe('work that runs when the grid is dirty', () => {
  const finding = found(one(NIGHTLY), TYPE);

  it('is moved to the cleanest hours, at its own minute', () => {
    expect(finding?.title).toBe('Run at 11:30, not at 01:30');
    expect(finding?.recommended).toMatchObject({ schedule: '30 11 * * *', start_hour: 11, time_zone: 'UTC' });
    expect(finding?.change?.patchYaml).toContain('schedule: "30 11 * * *"');
    expect(finding?.change?.kubectl).toContain('kubectl patch cronjob rollup');
    expect(finding?.current.schedule).toBe('30 1 * * *');
  });

  it('saves the difference of the dynamic carbon, and perhaps nothing', () => {
    const grams = (20 * 2 * 3600 * 1.2 * 600) / 3.6e6;
    const { co2eGramsPerDay } = finding?.savings ?? {};
    expect(co2eGramsPerDay?.central).toBeCloseTo(grams * (1 - 100 / 600), 9);
    expect(co2eGramsPerDay?.low).toBe(0);
    expect(co2eGramsPerDay?.high).toBeCloseTo(grams * (1 - 100 / 600) * 1.5, 9);
  });

  it('saves no energy, no money and no capacity', () => {
    expect(finding?.savings).toMatchObject({
      joulesPerDay: 0,
      costPerDay: { central: 0, low: 0, high: 0 },
      freedCpuMillicores: 0,
      freedMemoryBytes: 0,
      needsNodeToGo: false,
    });
  });

  it('counts a day as 24 hours of the cluster, not of the job', () => {
    const fewer = found(one({ ...NIGHTLY, seen: (hour) => hour % 24 === 1 }), TYPE);
    expect(fewer?.savings.co2eGramsPerDay.central).toBeCloseTo((finding?.savings.co2eGramsPerDay.central ?? 0) / 2, 9);
  });

  it('shows the grid, the work and the mean', () => {
    expect(finding?.evidence.series.map(({ unit }) => unit)).toEqual(['gramsPerKwh', 'watts']);
    expect(finding?.evidence.lines[0]?.value).toBeCloseTo(MEAN, 9);
    expect(finding?.evidence.figures.back_tested_share).toBeCloseTo(1 - 100 / 600, 9);
    expect(finding?.evidence.figures.days_with_runs).toBe(7);
    expect(finding?.confidence).toBe('medium');
  });
});

describe('the ratio', () => {
  /** All hours 100 but those of the run. */
  const dirty = (grams: number) => (hour: number) => (hour % 24 === 1 ? grams : 100);
  const hourly: MadeWorkload = { ...NIGHTLY, seen: (hour) => hour % 24 === 1 };
  const ratio = (grams: number) => grams / ((23 * 100 + grams) / 24);

  it.each([150, 152, 155, 158, 160, 170])('%s g/kWh against 100: found from 1.5 on', (grams) => {
    const isFound = ratio(grams) >= 1.5;
    expect(found(one(hourly, { intensity: dirty(grams) }), TYPE) !== undefined).toBe(isFound);
  });

  it('exactly at the threshold counts, and it is a setting', () => {
    const at = (carbonAwareRatio: number) =>
      found(one(hourly, { intensity: dirty(300), thresholds: { carbonAwareRatio } }), TYPE) !== undefined;
    expect(at(ratio(300))).toBe(true);
    expect(at(ratio(300) * 1.001)).toBe(false);
  });

  it('is weighted by energy: hours of little work hardly count', () => {
    const seen = (hour: number) => hour % 24 === 1 || hour % 24 === 12;
    const mostlyClean = { ...NIGHTLY, seen, watts: (hour: number) => (hour % 24 === 12 ? 100 : 1) };
    const mostlyDirty = { ...NIGHTLY, seen, watts: (hour: number) => (hour % 24 === 12 ? 1 : 100) };
    expect(found(one(mostlyClean), TYPE)).toBeUndefined();
    expect(found(one(mostlyDirty), TYPE)).toBeDefined();
  });

  it('a yearly value, the same at all hours, says nothing', () => {
    expect(found(one(NIGHTLY, { intensity: 400 }), TYPE)).toBeUndefined();
  });
});

describe('too little data', () => {
  it.each([
    [2, false],
    [3, true],
  ])('runs on %s days: found is %s', (days, isFound) => {
    const few = { ...NIGHTLY, seen: (hour: number) => hour % 24 === 1 && hour / 24 < days };
    expect(found(one(few), TYPE) !== undefined).toBe(isFound);
  });

  it('less than a day of the grid', () => {
    const short = { ...NIGHTLY, seen: (hour: number) => hour === 1 };
    expect(found(one(short, { hours: 20 }), TYPE)).toBeUndefined();
  });

  it('runs on fewer than five days are less sure', () => {
    const few = { ...NIGHTLY, seen: (hour: number) => hour % 24 === 1 && hour < 96 };
    expect(found(one(few), TYPE)?.confidence).toBe('low');
  });
});

describe('what can be moved', () => {
  it.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'])('not a %s', (kind) => {
    expect(found(one({ ...NIGHTLY, kind }), TYPE)).toBeUndefined();
  });

  it('a Job, without a patch', () => {
    const finding = found(one({ ...NIGHTLY, kind: 'Job', spec: {} }), TYPE);
    expect(finding?.title).toBe('Run at 11:00, when the grid is cleaner');
    expect(finding?.change).toBeNull();
  });

  it('not a suspended CronJob', () => {
    expect(found(one({ ...NIGHTLY, spec: { schedule: '30 1 * * *', suspended: true } }), TYPE)).toBeUndefined();
  });

  it('a CronJob that starts several times a day has advice and no patch', () => {
    const finding = found(one({ ...NIGHTLY, spec: { schedule: '0 1,2 * * *' } }), TYPE);
    expect(finding?.recommended.schedule).toBeNull();
    expect(finding?.change).toBeNull();
  });

  it('in the time zone of the CronJob', () => {
    const finding = found(one({ ...NIGHTLY, spec: { schedule: '30 10 * * *', timeZone: 'Asia/Tokyo' } }), TYPE);
    expect(finding?.recommended).toMatchObject({ schedule: '30 20 * * *', time_zone: 'Asia/Tokyo' });
  });
});

describe('a gain that is none', () => {
  it('where the usual day misleads, the back-test says so', () => {
    // The cleanest hour by the mean of all days was very dirty on the days of the runs.
    const odd = (hour: number) => {
      const isRunDay = Math.floor(hour / 24) % 2 === 0;
      if (hour % 24 === 1) return 600;
      if (hour % 24 === 12) return isRunDay ? 590 : 0;
      return 300;
    };
    const runs = { ...NIGHTLY, seen: (hour: number) => hour % 24 === 1 && Math.floor(hour / 24) % 2 === 0 };
    const cluster = one(runs, { intensity: odd, hours: 192 });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('5 %');
  });
});
