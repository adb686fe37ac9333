import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeMeasured } from '../../../../src/core/attribution/attribute-measured.ts';

describe('joules of a meter', () => {
  const parts = attributeMeasured({
    activeJoules: 100,
    idleJoules: 200,
    wallFactor: 1.5,
    pods: [
      { activeJoules: 60, share: 0.25 },
      { activeJoules: 0, share: 0.5 },
    ],
  });

  test('go to pods as they were counted, at the plug', () => {
    expect(parts.pods).toEqual([
      { dynamic: 90, idle: 75, share: 0.25 },
      { dynamic: 0, idle: 150, share: 0.5 },
    ]);
  });

  test('leave what was counted for no pod to the system, and idle joules that nothing reserves', () => {
    expect(parts).toMatchObject({ system: 60, unallocated: 75, dynamic: 150, idle: 300 });
  });

  test('add up whatever the pods counted', () => {
    const joules = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e9, noNaN: true }));
    const pod = fc.record({ activeJoules: joules, share: fc.double({ min: 0, max: 3, noNaN: true }) });
    fc.assert(
      fc.property(joules, joules, fc.array(pod, { maxLength: 20 }), (activeJoules, idleJoules, pods) => {
        const all = attributeMeasured({ activeJoules, idleJoules, wallFactor: 1.3, pods });
        const ofPods = all.pods.reduce((sum, part) => sum + part.dynamic + part.idle, 0);
        const whole = (activeJoules + idleJoules) * 1.3;
        expect(Math.abs(ofPods + all.system + all.unallocated - whole)).toBeLessThanOrEqual(1e-9 * whole);
      }),
    );
  });
});
