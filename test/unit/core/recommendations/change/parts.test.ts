import { describe, expect, it } from 'vitest';
import { downtimeOf } from '../../../../../src/core/recommendations/change/downtime.ts';
import { isKind, isName } from '../../../../../src/core/recommendations/change/names.ts';
import {
  containerChanges,
  deedOf,
  mergeEdits,
} from '../../../../../src/core/recommendations/change/workload-change.ts';
import { container, specOf } from '../made-cluster.ts';

describe('downtimes', () => {
  it('over midnight are two, all day is one', () => {
    expect(downtimeOf([{ days: 'weekdays', fromHour: 22, toHour: 5 }], 'UTC')).toBe(
      'Mon-Fri 00:00-05:00 UTC,Mon-Fri 22:00-24:00 UTC',
    );
    expect(downtimeOf([{ days: 'weekend', fromHour: 0, toHour: 24 }], 'UTC')).toBe('Sat-Sun 00:00-24:00 UTC');
    expect(downtimeOf([{ days: 'weekdays', fromHour: 1, toHour: 6 }], 'Asia/Tokyo')).toBe(
      'Mon-Fri 01:00-06:00 Asia/Tokyo',
    );
  });
});

describe('names', () => {
  it.each(['web', 'web-1', 'a', 'system.controller', 'x'.repeat(253), 'A1'])('%s is one', (name) => {
    expect(isName(name)).toBe(true);
  });

  it.each(['', '-a', 'a-', '.a', 'a/b', 'a b', 'a\n', "a'", 'x'.repeat(254)])('%j is none', (name) => {
    expect(isName(name)).toBe(false);
  });

  it('kinds begin with a capital', () => {
    expect([isKind('Pod'), isKind('pod'), isKind('Pod;'), isKind('')]).toEqual([true, false, false, false]);
  });
});

describe('edits of several findings', () => {
  it('become one a container; the larger of two values holds', () => {
    expect(
      mergeEdits([
        { container: 'a', cpuRequestMillicores: 100 },
        { container: 'b', memoryRequestBytes: 5 },
        { container: 'a', cpuRequestMillicores: 200, memoryLimitBytes: 7 },
      ]),
    ).toEqual([
      { container: 'a', cpuRequestMillicores: 200, memoryLimitBytes: 7 },
      { container: 'b', memoryRequestBytes: 5 },
    ]);
  });

  it('keep the order of the template and leave out what stays', () => {
    const containers = [container('x', { cpuRequestMillicores: 5 }), container('y'), container('z')];
    const changes = containerChanges({
      spec: specOf({ containers }),
      edits: [
        { container: 'z', cpuRequestMillicores: 10 },
        { container: 'x', cpuRequestMillicores: 5 },
        { container: 'y', cpuLimitMillicores: 20 },
      ],
      deeds: [],
    });
    expect(changes.map(({ after }) => after.name)).toEqual(['y', 'z']);
    expect(changes[0]?.after.cpuLimitMillicores).toBe(20);
  });
});

describe('deeds', () => {
  it('are found by kind', () => {
    const deeds = [{ kind: 'delete' as const }, { kind: 'reschedule' as const, schedule: '0 1 * * *' }];
    expect(deedOf(deeds, 'reschedule')?.schedule).toBe('0 1 * * *');
    expect(deedOf(deeds, 'sleep')).toBeNull();
  });
});
