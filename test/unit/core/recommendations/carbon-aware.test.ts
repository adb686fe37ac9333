import { describe, expect, it } from 'vitest';
import type { AnalysisInput } from '../../../../src/core/recommendations/analysis-input.ts';
import { workloadFindings } from '../../../../src/core/recommendations/workload-findings.ts';
import type { LayoutPod } from '../../../../src/model/scheduling.ts';
import { found, layoutPod, leftOut, type MadeCluster, type MadeWorkload, made, packed, START } from './made-cluster.ts';

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

/** A Job that comes back at these hours and once, for next to no work, at another one: its start can't be told. */
function unplanned(seen: (hour: number) => boolean): MadeWorkload {
  return {
    ...NIGHTLY,
    kind: 'Job',
    spec: {},
    seen: (hour) => seen(hour) || hour === 4,
    watts: (hour) => (hour === 4 ? 1e-12 : 20),
  };
}

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

  it('saves the difference of the dynamic carbon, in the range of its grid', () => {
    const grams = (20 * 2 * 3600 * 1.2 * 600) / 3.6e6;
    const { co2eGramsPerDay } = finding?.savings ?? {};
    expect(co2eGramsPerDay?.central).toBeCloseTo(grams * (1 - 100 / 600), 9);
    expect(co2eGramsPerDay?.low).toBeCloseTo(grams * (1 - 100 / 600) * 0.7, 9);
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
    expect(finding?.evidence.figures).toMatchObject({
      promised_share: expect.closeTo(1 - 100 / 600, 9),
      realised_share: expect.closeTo(1 - 100 / 600, 9),
      same_start_share: expect.closeTo(1 - 100 / 600, 9),
      worse_share: 0,
      forecast_error_share: 0,
      forecast_by: 'day-before',
      run_hours: 2,
      window_hours: 24,
      delay_hours: 10,
      days_with_runs: 7,
    });
    expect(finding?.confidence).toBe('medium');
  });

  it('says what was promised and what came of it', () => {
    expect(finding?.reason).toBe(
      'By the same hours of the day before, a run emits 83 % less at 11:30 (UTC) than at 01:30. Played back over the days seen, such choices saved 83 %, and no start was made worse.',
    );
  });

  it('need not be dirtier than the mean by any ratio', () => {
    const thresholds = { carbonAwareRatio: 9 };
    expect(found(one(NIGHTLY, { thresholds }), TYPE)).toBeDefined();
    expect(
      found(one({ ...NIGHTLY, spec: { schedule: '30 7 * * *' }, seen: (hour) => hour % 24 === 7 }), TYPE)?.title,
    ).toBe('Run at 11:30, not at 07:30');
  });
});

describe('days that are not alike', () => {
  /** On the third day the sun does not shine. */
  const cloudy = (hour: number) =>
    Math.floor(hour / 24) === 2 && hour % 24 >= 11 && hour % 24 < 15 ? 610 : grid(hour);
  const finding = found(one(NIGHTLY, { intensity: cloudy }), TYPE);
  const figures = finding?.evidence.figures ?? {};

  it('realise less than is promised, and that is what counts', () => {
    // Played back from 1:00: five starts. Day 2 by day 1 waits for the sun and meets 610; day 3 by day 2 goes to 6:00.
    const [sun, cloud, early] = [1 - 100 / 600, 1 - 610 / 600, 1 - 250 / 600];
    expect(figures.promised_share).toBeCloseTo(sun, 9);
    expect(figures.realised_share).toBeCloseTo((3 * sun + cloud + early) / 5, 9);
    expect(figures.same_start_share).toBeCloseTo((4 * sun + cloud) / 5, 9);
    expect(figures.worse_share).toBeCloseTo(1 / 5, 9);
  });

  it('make the range: nothing, the realised, the promised', () => {
    const whole = (20 * 2 * 3600 * 1.2 * 600) / 3.6e6;
    const saved = finding?.savings.co2eGramsPerDay;
    expect(saved?.low).toBe(0);
    expect(saved?.central).toBeCloseTo(whole * Number(figures.realised_share), 6);
    expect(saved?.high).toBeCloseTo(whole * Number(figures.promised_share) * 1.5, 6);
  });

  it('are told of', () => {
    expect(finding?.reason).toContain('such choices saved 61 %, and 20 % of the starts were made worse.');
    expect(finding?.reason).toContain('The same start every day: 66 %.');
  });

  it('may differ too much to choose by', () => {
    const odd = (hour: number) => (Math.floor(hour / 24) % 2 === 0 ? grid(hour) : 700 - grid(hour));
    expect(found(one(NIGHTLY, { intensity: odd }), TYPE)).toBeUndefined();
    expect(leftOut(one(NIGHTLY, { intensity: odd }), TYPE)[0]).toContain('forecast errs');
  });
});

describe('the ratio, where no start is known', () => {
  /** All hours 100 but those of the run. */
  const dirty = (grams: number) => (hour: number) => (hour % 24 === 1 ? grams : 100);
  const hourly = unplanned((hour) => hour % 24 === 1);
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
    const job = unplanned(seen);
    const mostlyClean = { ...job, seen, watts: (hour: number) => (hour % 24 === 12 ? 100 : 1) };
    const mostlyDirty = { ...job, seen, watts: (hour: number) => (hour % 24 === 12 ? 1 : 100) };
    expect(found(one(mostlyClean), TYPE)).toBeUndefined();
    expect(found(one(mostlyDirty), TYPE)).toBeDefined();
  });

  it('counts on nothing at the least', () => {
    const { savings, evidence, reason, change } = found(one(hourly), TYPE) ?? {};
    const grams = (20 * 3600 * 1.2 * 600 * (1 - 100 / 600)) / 3.6e6;
    expect(evidence?.figures.back_tested_share).toBeCloseTo(1 - 100 / 600, 9);
    expect(savings?.co2eGramsPerDay.low).toBe(0);
    expect(savings?.co2eGramsPerDay.central).toBeCloseTo(grams, 9);
    expect(savings?.co2eGramsPerDay.high).toBeCloseTo(grams * 1.5, 9);
    expect(reason).toContain(`At its hours the grid had 600 g/kWh, ${(600 / MEAN).toFixed(1)} times the mean`);
    expect(change).toBeNull();
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
    const finding = found(one(unplanned((hour) => hour % 24 === 1)), TYPE);
    expect(finding?.title).toBe('Run at 11:00, when the grid is cleaner');
    expect(finding?.change).toBeNull();
  });

  it('a Job that comes back at the same hour, as if it had a schedule', () => {
    const finding = found(one({ ...NIGHTLY, kind: 'Job', spec: {} }), TYPE);
    expect(finding?.title).toBe('Run at 11:00, when the grid is cleaner');
    expect(finding?.evidence.figures).toMatchObject({ forecast_by: 'day-before', delay_hours: 10 });
    expect(finding?.recommended).toEqual({ schedule: null, start_hour: 11, time_zone: 'UTC' });
    expect(finding?.change).toBeNull();
  });

  it('not what has a schedule that says no hours', () => {
    const cluster = one({ ...NIGHTLY, spec: { schedule: '@every 5h' } });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('schedule is not understood');
  });

  it('not what leaves no room before the next start', () => {
    const cluster = one({ ...NIGHTLY, spec: { schedule: '0 * * * *' } });
    expect(leftOut(cluster, TYPE)[0]).toContain('no room to wait');
  });

  it('not by less than two days of the grid', () => {
    const cluster = one({ ...NIGHTLY, seen: (hour) => hour % 12 === 1 }, { hours: 40 });
    expect(found({ ...cluster, start: START + 13 * 3600 }, TYPE)).toBeUndefined();
    expect(leftOut({ ...cluster, start: START + 13 * 3600 }, TYPE)[0]).toContain('Fewer than two days');
  });

  it('not a suspended CronJob', () => {
    expect(found(one({ ...NIGHTLY, spec: { schedule: '30 1 * * *', suspended: true } }), TYPE)).toBeUndefined();
  });

  it('of several starts a day the one that gains, and it alone; no patch', () => {
    const seen = (hour: number) => hour % 24 === 1 || hour % 24 === 13;
    const finding = found(one({ ...NIGHTLY, seen, spec: { schedule: '30 1,13 * * *' } }), TYPE);
    expect(finding?.title).toBe('Run at 11:30 what starts at 01:30');
    expect(finding?.recommended.schedule).toBeNull();
    expect(finding?.change).toBeNull();
    // The runs of 13:30 keep their carbon.
    const grams = (20 * 3600 * 1.2 * 600) / 3.6e6;
    expect(finding?.savings.co2eGramsPerDay.central).toBeCloseTo(grams * (1 - 100 / 600), 9);
  });

  it('over midnight to the days after those that it had', () => {
    const seen = (hour: number) => hour % 24 === 22 && hour / 24 < 5;
    const dear = (hour: number) => (hour % 24 < 6 ? 100 : 400);
    const finding = found(one({ ...NIGHTLY, seen, spec: { schedule: '0 22 * * 1-5' } }, { intensity: dear }), TYPE);
    expect(finding?.recommended).toMatchObject({ schedule: '0 0 * * 2,3,4,5,6', start_hour: 0 });
  });

  it('in the time zone of the CronJob', () => {
    const finding = found(one({ ...NIGHTLY, spec: { schedule: '30 10 * * *', timeZone: 'Asia/Tokyo' } }), TYPE);
    expect(finding?.recommended).toMatchObject({ schedule: '30 20 * * *', time_zone: 'Asia/Tokyo' });
  });
});

describe('a gain that is none', () => {
  it('where the usual day misleads, the days of the runs say so', () => {
    // The cleanest hour by the mean of all days was very dirty on the days of the runs.
    const odd = (hour: number) => {
      const isRunDay = Math.floor(hour / 24) % 2 === 0;
      if (hour % 24 === 1) return 600;
      if (hour % 24 === 12) return isRunDay ? 590 : 0;
      return 300;
    };
    const runs = unplanned((hour) => hour % 24 === 1 && Math.floor(hour / 24) % 2 === 0);
    const cluster = one(runs, { intensity: odd, hours: 192 });
    expect(found(cluster, TYPE)).toBeUndefined();
    expect(leftOut(cluster, TYPE)[0]).toContain('5 %');
  });
});

describe('what is to come', () => {
  const hours = Array.from({ length: 60 }, (_, index) => ({
    startSeconds: START + (168 + index) * 3600,
    gramsPerKwh: index % 24 === 12 || index % 24 === 13 ? 30 : 600,
  }));
  const by = (forecast: AnalysisInput['forecast']) =>
    [...workloadFindings({ ...made(one(NIGHTLY)), ...(forecast === undefined ? {} : { forecast }) })].find(
      (each) => each?.type === TYPE,
    );

  it('is told by a forecast, where there is one', () => {
    const finding = by({ hours, errorShare: 0.1 });
    expect(finding?.title).toBe('Run at 12:30, not at 01:30');
    expect(finding?.evidence.figures).toMatchObject({
      forecast_by: 'forecast',
      forecast_error_share: 0.1,
      promised_share: expect.closeTo(1 - 30 / 600, 9),
    });
    expect(finding?.reason).toContain('The forecast promises 95 % less carbon at 12:30 (UTC) than at 01:30.');
  });

  it('moves nothing where it errs by more', () => {
    expect(by({ hours, errorShare: 0.96 })).toBeUndefined();
  });
});

describe('the zone of its pods', () => {
  /** The node of the pods has the clean grid of noon, the other one that of midnight. */
  const input = () => {
    const base = made(one(NIGHTLY));
    const key = (node: string) => ({ namespace: null, ownerKind: null, ownerName: null, team: null, node });
    const lines = ['a', 'b'].flatMap((_, index) =>
      Array.from({ length: 168 }, (__, hour) => ({
        key: index,
        hour,
        values: { podCount: 1, joules: 1000, intensityJoules: 1000 * (index === 0 ? grid(hour) : 700 - grid(hour)) },
      })),
    );
    return { ...base, nodes: packed([key('a'), key('b')], lines) };
  };
  const findingOf = (pods: readonly LayoutPod[]) => {
    const base = input();
    const [node] = base.layout?.nodes ?? [];
    if (base.layout === null || node === undefined) throw new Error('no layout');
    const nodes = ['a', 'b'].map((name) => ({
      ...node,
      name,
      labels: { 'topology.kubernetes.io/zone': `zone-${name}` },
    }));
    return [...workloadFindings({ ...base, layout: { ...base.layout, nodes, pods } })].find(
      (each) => each?.type === TYPE,
    );
  };
  const pod = (node: string): LayoutPod => ({ ...layoutPod(NIGHTLY, 0), node, phase: 'Succeeded' });

  it('is the grid that counts', () => {
    expect(findingOf([pod('a')])?.title).toBe('Run at 11:30, not at 01:30');
    expect(findingOf([pod('b')])).toBeUndefined();
  });

  it('is that of all nodes, where it can not be told', () => {
    // Together they have the same at all hours.
    expect(findingOf([])).toBeUndefined();
    expect(findingOf([pod('a'), pod('b')])).toBeUndefined();
  });
});
