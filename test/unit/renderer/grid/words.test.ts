import { describe, expect, it } from 'vitest';
import type { GridValue } from '../../../../src/contract/schemas/grid.ts';
import { lastValueWords, sourceLook } from '../../../../src/renderer/app/source-names.ts';
import {
  extentWords,
  feedWords,
  foundWords,
  isUnknownZone,
  markOf,
  valueWords,
  zoneLines,
} from '../../../../src/renderer/features/grid/words.ts';
import { formatMomentAge } from '../../../../src/renderer/format/time.ts';
import {
  failedFeed,
  GRID_NOW_MS,
  ireland,
  tablesFeed,
  unknownPlace,
  virginia,
  workingFeed,
} from '../../../fakes/client/grid-answers.ts';

const value = (rung: GridValue['rung'], at: string | null): GridValue => ({ ...ireland.now, rung, at });

describe('valueWords', () => {
  it.each([
    ['live', '2026-11-19T13:00:00Z', 'Live, of 13:00, 30 min ago'],
    ['estimated', '2026-11-19T11:00:00Z', 'Estimated, of 11:00, 2 h 30 min ago'],
    ['live', '2026-11-18T13:00:00Z', 'Live, of 18 Nov 13:00, 25 h ago'],
    ['zone-profile', '2026-11-19T13:00:00Z', 'Usual hour, of 13:00, 30 min ago'],
    ['zone-year', '2025-01-01T00:00:00Z', 'Yearly value, 2025'],
    ['country-year', '2024-01-01T00:00:00Z', 'Yearly value of the country, 2024'],
    ['person', null, 'Set by a person'],
    ['world', null, 'Mean of the world'],
  ] as const)('%s of %s', (rung, at, words) => {
    expect(valueWords(value(rung, at), GRID_NOW_MS, 'UTC')).toBe(words);
  });

  it('is on the clocks that are asked for; years are the same everywhere', () => {
    expect(valueWords(value('live', '2026-11-19T13:00:00Z'), GRID_NOW_MS, 'Asia/Kolkata')).toContain('of 18:30');
    expect(valueWords(value('zone-year', '2025-01-01T00:00:00Z'), GRID_NOW_MS, 'America/New_York')).toContain('2025');
  });
});

describe('words of a feed', () => {
  it('say the age of the last good value, or that there was none', () => {
    expect(lastValueWords(failedFeed, GRID_NOW_MS, 'UTC')).toBe('Last value from 11:00, 2 h 30 min ago');
    expect(lastValueWords(tablesFeed, GRID_NOW_MS, 'UTC')).toBe('No value came from it yet');
    expect(formatMomentAge(GRID_NOW_MS - 30_000, GRID_NOW_MS, 'UTC')).toBe('13:29, now');
  });

  it('name feed and state, each with a sign of its own shape', () => {
    expect(feedWords(workingFeed)).toBe('Electricity Maps, working');
    expect(feedWords(failedFeed)).toBe('Electricity Maps, failed');
    expect(feedWords(tablesFeed)).toBe('No live feed');
    const states = ['working', 'failed', 'waiting', 'not-set-up', 'offline'] as const;
    expect(states.map((state) => sourceLook({ state }).status)).toEqual([
      'healthy',
      'broken',
      'attention',
      'off',
      'off',
    ]);
    expect(new Set(states.map((state) => sourceLook({ state }).word)).size).toBe(5);
  });
});

describe('words of a zone', () => {
  it('say how far it reaches', () => {
    expect(extentWords(ireland)).toBe('prod-eu-west-1, 14 nodes');
    const { clusters } = ireland;
    expect(extentWords({ ...ireland, clusters: [...clusters, ...virginia.clusters], node_count: 1 })).toBe(
      '2 clusters, 1 node',
    );
    expect(extentWords({ ...ireland, clusters: [] })).toBe('0 clusters, 14 nodes');
  });

  it('say how it was found', () => {
    expect(
      (['person', 'region', 'country', 'unknown'] as const).map((found_by) => foundWords({ ...ireland, found_by })),
    ).toEqual(['Set by a person', 'From the region of the nodes', 'From the country of the region', 'Place not known']);
    expect(isUnknownZone(unknownPlace)).toBe(true);
    expect(isUnknownZone(ireland)).toBe(false);
  });

  it('mark how sure its value is', () => {
    const rungs = ['live', 'estimated', 'zone-profile', 'zone-year', 'country-year', 'person', 'world'] as const;
    expect(rungs.map(markOf)).toEqual(['measured', 'modelled', 'modelled', 'default', 'default', 'person', 'default']);
  });
});

describe('zoneLines', () => {
  it('begin with most emissions; shares add up to one', () => {
    const lines = zoneLines([virginia, unknownPlace, ireland]);
    expect(lines.map((line) => line.zone.zone)).toEqual(['IE', 'US-MIDA-PJM', 'WORLD']);
    expect(lines.reduce((sum, line) => sum + (line.share ?? 0), 0)).toBeCloseTo(1, 12);
  });

  it('have no shares where nothing was emitted, and then go by name', () => {
    const none = [virginia, ireland].map((zone) => ({ ...zone, co2e_grams: 0 }));
    expect(zoneLines(none).map((line) => [line.zone.zone, line.share])).toEqual([
      ['IE', null],
      ['US-MIDA-PJM', null],
    ]);
  });
});
