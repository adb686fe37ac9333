import { afterEach, describe, expect, test } from 'vitest';
import { SourceStates } from '../../../../src/backend/clusters/source-states.ts';
import type { BoaviztaState } from '../../../../src/backend/coefficients/boavizta-desk.ts';
import { coefficientWords, TABLE_WORDS } from '../../../../src/backend/coefficients/coefficient-words.ts';
import { type GridBench, gridBench, NOON, place } from '../../../fakes/grid/grid-bench.ts';

let bench: GridBench | undefined;
afterEach(() => bench?.stop());

const NO_BOAVIZTA: BoaviztaState = { state: 'not-set-up', message: null, hint: null, lastGoodAtSeconds: null };

async function wordsOf(
  zones: readonly string[],
  options: Parameters<typeof gridBench>[0] = {},
  boavizta: BoaviztaState = NO_BOAVIZTA,
) {
  bench = await gridBench(options);
  for (const zone of zones) await bench.grid.intensityFor(place(zone), NOON + 300);
  return coefficientWords({ liveGrid: bench.live, settings: bench.choices.value, boavizta, zones });
}

describe('what is said of the grid', () => {
  test('without a key the tables serve', async () => {
    expect(await wordsOf(['DE'], { settings: { electricityMapsKey: null } })).toEqual(TABLE_WORDS);
    await bench?.stop();
    expect(await wordsOf([], { settings: { electricityMapsKey: null } })).toEqual(TABLE_WORDS);
  });

  test('live zones by name, and those that the tables serve', async () => {
    const { grid } = await wordsOf(['DE', 'FR', 'WORLD']);
    expect(grid).toEqual({
      state: 'passed',
      detail: 'Live intensity of DE, FR from Electricity Maps; yearly values for WORLD',
      hint: null,
    });
  });

  test('many zones are counted', async () => {
    const { grid } = await wordsOf(['DE', 'FR', 'ES', 'IE', 'PL', 'SE-SE3']);
    expect(grid.detail).toBe('Live intensity of DE, FR, ES, IE and 2 more from Electricity Maps');
  });

  test('of a cluster without figures: who will be asked', async () => {
    expect((await wordsOf([])).grid).toMatchObject({
      state: 'passed',
      detail: 'Live intensity from Electricity Maps',
    });
  });

  test('a source that refuses says why, what to do, and what serves meanwhile', async () => {
    const { grid } = await wordsOf(['DE'], { answer: () => ({ status: 401, body: { error: 'no' } }) });
    expect(grid.state).toBe('partial');
    expect(grid.detail).toContain('Stored and yearly values serve meanwhile.');
    expect(grid.detail).toContain('Electricity Maps');
    expect(grid.hint).not.toBeNull();
  });

  test('offline it says so', async () => {
    const { grid } = await wordsOf(['DE'], { settings: { offline: true } });
    expect(grid).toMatchObject({ state: 'partial', detail: expect.stringContaining('offline') });
  });
});

describe('what is said of hardware', () => {
  const none = { hint: null, message: null, lastGoodAtSeconds: null };
  test.each<[BoaviztaState, string, string]>([
    [NO_BOAVIZTA, 'passed', 'Power and embodied emissions from the bundled tables'],
    [{ ...none, state: 'offline' }, 'passed', 'Power and embodied emissions from the bundled tables'],
    [{ ...none, state: 'waiting' }, 'passed', 'Embodied emissions from Boavizta, power from the bundled tables'],
    [{ ...none, state: 'working' }, 'passed', 'Embodied emissions from Boavizta, power from the bundled tables'],
    [{ ...none, state: 'waiting', message: 'Busy.' }, 'partial', 'Busy. The bundled tables serve meanwhile.'],
    [{ ...none, state: 'failed', message: 'Down.' }, 'partial', 'Down. The bundled tables serve meanwhile.'],
    [{ ...none, state: 'failed' }, 'partial', 'Boavizta failed. The bundled tables serve meanwhile.'],
  ])('%j', async (boavizta, state, detail) => {
    expect((await wordsOf([], {}, boavizta)).hardware).toMatchObject({ state, detail });
  });
});

describe('the states of a cluster', () => {
  const stateOf = (states: SourceStates, of: string) => states.list().find(({ name }) => name === of);

  test('begin with the tables, and follow the words of each reading', () => {
    const states = new SourceStates();
    expect(stateOf(states, 'grid')).toMatchObject({ state: 'ok', detail: TABLE_WORDS.grid.detail });
    const grid = { state: 'passed', detail: 'Live intensity of DE from Electricity Maps', hint: null } as const;
    states.coefficients({ ...TABLE_WORDS, grid }, 100);
    expect(stateOf(states, 'grid')).toMatchObject({ ...grid, state: 'ok', lastGoodAtSeconds: 100 });
    states.coefficients({ ...TABLE_WORDS, grid: { state: 'partial', detail: 'Down.', hint: 'Wait.' } }, 200);
    expect(stateOf(states, 'grid')).toEqual({
      name: 'grid',
      state: 'partial',
      detail: 'Down.',
      hint: 'Wait.',
      checkedAtSeconds: 200,
      lastGoodAtSeconds: 100,
    });
    expect(stateOf(states, 'hardware')).toMatchObject({ state: 'ok', lastGoodAtSeconds: 200 });
  });
});
