import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOfWallTime, wallTimeOf } from '../../../../src/renderer/app/view/wall-time.ts';

const iso = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds).toISOString());

describe('wall time', () => {
  it('is what the clocks of a zone show', () => {
    const at = Date.parse('2026-11-12T13:00:00Z');
    expect(wallTimeOf(at, 'Europe/Paris')).toBe('2026-11-12T14:00');
    expect(wallTimeOf(at, 'UTC')).toBe('2026-11-12T13:00');
    expect(wallTimeOf(at, 'Asia/Kolkata')).toBe('2026-11-12T18:30');
  });

  it('leads back to the instant', () => {
    expect(iso(instantOfWallTime('2026-11-12T14:00', 'Europe/Paris'))).toBe('2026-11-12T13:00:00.000Z');
    expect(iso(instantOfWallTime('2026-07-12T14:00', 'Europe/Paris'))).toBe('2026-07-12T12:00:00.000Z');
    expect(iso(instantOfWallTime('2026-11-12T18:30', 'Asia/Kolkata'))).toBe('2026-11-12T13:00:00.000Z');
  });

  it('takes the first of an hour that comes twice, and the hour after one that is skipped', () => {
    expect(iso(instantOfWallTime('2026-10-25T02:30', 'Europe/Paris'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(instantOfWallTime('2026-03-29T02:30', 'Europe/Paris'))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('refuses what is no date', () => {
    expect(instantOfWallTime('', 'UTC')).toBeNull();
    expect(instantOfWallTime('2026-13-01T00:00', 'UTC')).toBeNull();
  });

  it('goes round for every minute in every zone', () => {
    const zones = [
      'UTC',
      'Europe/Paris',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
    ];
    fc.assert(
      fc.property(fc.integer({ min: 20_000_000, max: 30_000_000 }), fc.constantFrom(...zones), (minutes, zone) => {
        const wall = wallTimeOf(minutes * 60_000, zone);
        const back = instantOfWallTime(wall, zone);
        expect(back === null ? null : wallTimeOf(back, zone)).toBe(wall);
      }),
      { numRuns: 60 },
    );
  });
});
