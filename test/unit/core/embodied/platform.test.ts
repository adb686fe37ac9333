import { describe, expect, test } from 'vitest';
import { instanceKilograms, platformKilograms } from '../../../../src/core/embodied/platform.ts';
import { embodiedGramsPerHour, embodiedShareGrams } from '../../../../src/core/embodied/share.ts';

const BARE = { memoryGb: 16, sockets: 1, ssdCount: 0, hddCount: 0, gpuCount: 0 };

describe('the making of a server', () => {
  test('is 1000 kg for one socket, 16 GB and no disks', () => {
    expect(platformKilograms(BARE)).toBe(1000);
  });

  test('is never less for less memory', () => {
    expect(platformKilograms({ ...BARE, memoryGb: 2 })).toBe(1000);
  });

  test('adds each part', () => {
    expect(platformKilograms({ ...BARE, memoryGb: 400 })).toBeCloseTo(1533, 9);
    expect(platformKilograms({ ...BARE, sockets: 4 })).toBe(1300);
    expect(platformKilograms({ ...BARE, ssdCount: 2 })).toBe(1200);
    expect(platformKilograms({ ...BARE, hddCount: 2 })).toBe(1100);
    expect(platformKilograms({ ...BARE, gpuCount: 8 })).toBe(2200);
  });
});

test('an instance, an hour of it and a share of that hour follow from its server', () => {
  const platform = platformKilograms({ ...BARE, memoryGb: 384, sockets: 2 });
  expect(platform).toBeCloseTo(1610.791667, 5);
  const instance = instanceKilograms(platform, 2, 96);
  expect(instance).toBeCloseTo(33.55816, 5);
  const hourly = embodiedGramsPerHour(instance, 35_040);
  expect(hourly).toBeCloseTo(0.95771, 5);
  expect(embodiedShareGrams(hourly, 24, 0.25)).toBeCloseTo(5.74626, 4);
});

test('nothing is divided by zero', () => {
  expect(instanceKilograms(1000, 2, 0)).toBe(0);
  expect(embodiedGramsPerHour(100, 0)).toBe(0);
});
