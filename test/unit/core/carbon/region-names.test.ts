import { expect, test } from 'vitest';
import { regionCandidates } from '../../../../src/core/carbon/region-names.ts';

test.each([
  ['eu-west-3', 'eu-west-3a', 'eu-west-3'],
  [null, 'eu-west-3a', 'eu-west-3'],
  [null, 'europe-west1-b', 'europe-west1'],
  [null, 'francecentral-1', 'francecentral'],
  [null, 'francecentral1', 'francecentral'],
  ['eastus21', null, 'eastus2'],
  [null, 'us-east-1a', 'us-east-1'],
  ['fr-par', 'fr-par-1', 'fr-par-1'],
  [null, 'fr-par-1', 'fr-par'],
])('of region %s and zone %s, %s is among the names', (region, zone, name) => {
  expect(regionCandidates(region, zone)).toContain(name);
});

test('a number that belongs to a region stays with it', () => {
  expect(regionCandidates('europe-west12', null)).not.toContain('europe-west1');
});

test('the region as it is comes first, and nothing comes twice', () => {
  const names = regionCandidates('eu-west-3', 'eu-west-3a');
  expect(names[0]).toBe('eu-west-3');
  expect(new Set(names).size).toBe(names.length);
});

test('nothing is known of a node without region and zone', () => {
  expect(regionCandidates(null, null)).toEqual([]);
  expect(regionCandidates('', '')).toEqual([]);
});
