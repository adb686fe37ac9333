import { describe, expect, test } from 'vitest';
import { volumeKwh } from '../../../../src/core/power/volume.ts';

describe('energy of a persistent volume', () => {
  test.each([
    [0.5, 1.2, 2, 720, 0.864],
    [1, 1.2, 1, 720, 0.864],
    [1, 0.65, 1, 720, 0.468],
    [0, 1.2, 3, 720, 0],
  ])('%d TB of %d Wh/TBh, %d copies, %d h', (terabytes, wattHoursPerTerabyteHour, replication, hours, kwh) => {
    expect(volumeKwh({ terabytes, wattHoursPerTerabyteHour, replication }, hours)).toBeCloseTo(kwh, 9);
  });
});
