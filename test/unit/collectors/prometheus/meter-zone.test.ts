import { describe, expect, it } from 'vitest';
import { chooseZone, type ZonePart } from '../../../../src/collectors/prometheus/meter-zone.ts';

/** Active and idle joules of some zones. */
function parts(source: string, zones: Readonly<Record<string, readonly [active: number, idle: number]>>): ZonePart[] {
  return Object.entries(zones).flatMap(([zone, [active, idle]]) => [
    { zone, what: 'active', source, joules: active },
    { zone, what: 'idle', source, joules: idle },
  ]);
}

describe('chooseZone', () => {
  it('takes the platform alone where it is metered', () => {
    expect(chooseZone(parts('', { platform: [30, 40], package: [18, 24], dram: [3, 4] }))).toEqual({
      zone: 'platform',
      activeJoules: 30,
      idleJoules: 40,
      isModelled: false,
    });
  });

  it('takes package and DRAM without a platform, and never core or uncore', () => {
    expect(chooseZone(parts('', { package: [18, 24], dram: [3, 4], core: [15, 20], uncore: [1, 1] }))).toEqual({
      zone: 'package',
      activeJoules: 21,
      idleJoules: 28,
      isModelled: false,
    });
  });

  it('takes the package where the platform stands still', () => {
    expect(chooseZone(parts('', { platform: [0, 0], package: [18, 24] }))).toMatchObject({ zone: 'package' });
  });

  it('has no meter where nothing moved, where there is DRAM alone, or without a zone at all', () => {
    expect(chooseZone(parts('', { package: [0, 0], dram: [0, 0] }))).toBeNull();
    expect(chooseZone(parts('', { dram: [3, 4] }))).toBeNull();
    expect(chooseZone(parts('', { core: [3, 4] }))).toBeNull();
    expect(chooseZone([])).toBeNull();
  });

  it('has no meter where idle joules are missing: Kepler 0.9 leaves them out on virtual machines', () => {
    const active = { zone: 'package', what: 'active', source: 'trained_power_model', joules: 50 };
    expect(chooseZone([active])).toBeNull();
    expect(chooseZone([active, { ...active, what: 'idle', joules: 0 }])).toBeNull();
  });

  it.each(['rapl-sysfs', 'rapl-msr', 'intel_rapl', 'acpi', 'redfish', 'hmc', 'ampere-xgene-hwmon'])(
    'counts %s as a meter',
    (source) => {
      expect(chooseZone(parts(source, { package: [1, 1] }))?.isModelled).toBe(false);
    },
  );

  it.each(['trained_power_model', 'estimator', 'none'])('counts %s as a model', (source) => {
    expect(chooseZone(parts(source, { package: [1, 1] }))?.isModelled).toBe(true);
  });

  it('prefers a metered package to a model of the platform, and a modelled platform to a modelled package', () => {
    const modelled = parts('trained_power_model', { platform: [500, 500] });
    expect(chooseZone([...modelled, ...parts('rapl-sysfs', { package: [18, 24] })])).toMatchObject({
      zone: 'package',
      isModelled: false,
    });
    expect(chooseZone([...modelled, ...parts('estimator', { package: [18, 24] })])).toMatchObject({
      zone: 'platform',
      isModelled: true,
    });
  });
});
