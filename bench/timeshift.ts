// What waiting for cleaner hours promises and brings: a job of 4 h that may wait up to 24 h, started in every hour of a
// year of four grids. Expected about (foresight/realised): CAISO 29/27 %, BPA 9/5, ERCOT 14/3, PJM 5/3.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backTest } from '../src/core/time-shift/back-test.ts';
import { readHourlyZones } from './timeshift/hourly-zones.ts';

const SETUP = { durationHours: 4, windowHours: 24 };
const EXPECTED: Readonly<Record<string, readonly [foresight: number, realised: number]>> = {
  'US-CAL-CISO': [29, 27],
  'US-TEX-ERCO': [14, 3],
};

const file = join(import.meta.dirname, '../test/fixtures/grid/hourly_intensity_us_2022.csv');
const zones = readHourlyZones(readFileSync(file, 'utf8'));
const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)} %`;

console.log('4 h job within 24 h, started in every hour of 2022. Shares of what starting at once emitted.');
console.log(
  'zone            foresight  by the day before: promised  realised  starts made worse  error of that forecast',
);
for (const [zone, values] of zones) {
  const result = backTest(values, SETUP);
  if (result === null) throw new Error(`${zone} has too few hours`);
  const { foresightShare, promisedShare, realisedShare, worseShare, forecastErrorShare } = result;
  console.log(
    `${zone.padEnd(14)} ${percent(foresightShare).padStart(10)} ${percent(promisedShare).padStart(28)} ${percent(realisedShare).padStart(9)} ${percent(worseShare).padStart(18)} ${percent(forecastErrorShare).padStart(23)}`,
  );
  const expected = EXPECTED[zone];
  if (expected === undefined) continue;
  const isOff = [foresightShare, realisedShare].some(
    (share, index) => Math.abs(share * 100 - (expected[index] ?? 0)) > 1,
  );
  if (isOff) {
    console.error(`${zone}: expected about ${expected.join('/')} %`);
    process.exitCode = 1;
  }
}
