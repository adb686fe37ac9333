import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeCards, gpuSourceOf } from '../../../../src/core/attribution/attribute-gpus.ts';
import { type CardEnergy, cardsOf } from '../../../../src/core/power/gpu-cards.ts';
import type { GpuUsage } from '../../../../src/model/energy.ts';
import { nodeFactsOf, nodeOf } from '../builders.ts';

const claim = (name: string, demand: number) => ({ namespace: 'n', name, demand });
const card = (changes: Partial<CardEnergy>): CardEnergy => ({
  joules: 100,
  source: 'measured',
  cards: 1,
  utilisation: null,
  pod: null,
  ...changes,
});
const heldBy = (name: string) => ({ namespace: 'n', name });

describe('cards', () => {
  test('of a node without any are nobody’s', () => {
    expect(attributeCards([], [claim('a', 1)])).toEqual({ pods: [], free: null, joules: 0 });
  });

  test('go to who holds them, the others are free', () => {
    const { pods, free, joules } = attributeCards(
      [card({ pod: heldBy('b'), utilisation: 0.25 }), card({ joules: 7 })],
      [claim('a', 0), claim('b', 0)],
    );
    expect(pods[0]).toBeNull();
    expect(pods[1]).toMatchObject({ cards: 1, joules: 100, measuredJoules: 100, usedCards: 0.25 });
    expect(free).toMatchObject({ joules: 7, usedCards: null });
    expect(joules).toBe(107);
  });

  test('that nobody is known to hold go to those that ask, in part where they ask for a part', () => {
    const { pods, free } = attributeCards([card({ joules: 10 }), card({ joules: 90 })], [claim('a', 0.5)]);
    expect(pods[0]).toMatchObject({ cards: 0.5, joules: 45 });
    expect(free).toMatchObject({ cards: 1.5, joules: 55 });
  });

  test('of a pod that was seen with less than it asks for are completed', () => {
    const cards = [card({ pod: heldBy('a'), utilisation: 1 }), card({ joules: 50, source: 'assumed' })];
    const { pods, free } = attributeCards(cards, [claim('a', 2)]);
    expect(pods[0]).toMatchObject({ cards: 2, joules: 150, measuredJoules: 100, assumedJoules: 50, usedCards: 1 });
    expect(free).toBeNull();
  });

  test('are as well known as the worst of them', () => {
    const of = (...sources: CardEnergy['source'][]) =>
      gpuSourceOf(
        attributeCards(
          sources.map((source) => card({ source })),
          [],
        ).free,
      );
    expect(of('measured')).toBe('measured');
    expect(of('measured', 'utilisation')).toBe('utilisation');
    expect(of('measured', 'assumed', 'utilisation')).toBe('assumed');
    expect(gpuSourceOf(null)).toBe('none');
  });

  test('are shared without rest, whoever holds or asks', () => {
    const anyCard = fc.record({
      joules: fc.double({ min: 0, max: 1e7, noNaN: true }),
      source: fc.constantFrom('measured' as const, 'utilisation' as const, 'assumed' as const),
      cards: fc.constantFrom(1, 0.5),
      utilisation: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      pod: fc.option(fc.constantFrom(heldBy('p0'), heldBy('p1'), heldBy('gone'))),
    });
    const demands = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 8 }), demands, (cards, wanted) => {
        const { pods, free, joules } = attributeCards(
          cards,
          wanted.map((each, index) => claim(`p${index}`, each)),
        );
        const holdings = [...pods, free].filter((each) => each !== null);
        const sum = holdings.reduce((total, each) => total + each.joules, 0);
        const bySource = holdings.reduce(
          (total, each) => total + each.measuredJoules + each.utilisationJoules + each.assumedJoules,
          0,
        );
        expect(Math.abs(sum - joules)).toBeLessThanOrEqual(1e-9 * joules + 1e-9);
        expect(Math.abs(bySource - joules)).toBeLessThanOrEqual(1e-9 * joules + 1e-9);
        const count = holdings.reduce((total, each) => total + each.cards, 0);
        expect(count).toBeCloseTo(
          cards.reduce((total, each) => total + each.cards, 0),
          9,
        );
      }),
    );
  });
});

describe('the energy of a card', () => {
  const factor = { low: 0.5, high: 2 };
  const gpu = {
    model: null,
    tdpWatts: 100,
    isKnown: false,
    factors: { measured: factor, utilisation: factor, assumed: factor },
  };
  const usage: GpuUsage = { card: 'a', model: null, joules: null, utilisation: null, pod: null };
  const facts = (gpus: readonly GpuUsage[], gpuCount = 0) =>
    nodeFactsOf({ node: nodeOf({ gpuCount }), gpus, existedSeconds: 10 });

  test('is what it measured, else its TDP at its use, else at an assumed one', () => {
    const cards = cardsOf(
      facts([
        { ...usage, joules: 5, utilisation: 0.9 },
        { ...usage, card: 'b', utilisation: 1 },
        { ...usage, card: 'c' },
      ]),
      gpu,
    );
    expect(cards.map((each) => each.source)).toEqual(['measured', 'utilisation', 'assumed']);
    expect(cards[0]).toMatchObject({ joules: 5, utilisation: 0.9 });
    expect(cards[1]?.joules).toBeCloseTo(1020, 9);
    expect(cards[2]?.joules).toBeCloseTo(100 * (0.116 + 0.904 / 2) * 10, 9);
  });

  test('of cards beside those that were seen is assumed', () => {
    expect(cardsOf(facts([{ ...usage, joules: 5 }], 3), gpu).map((each) => each.source)).toEqual([
      'measured',
      'assumed',
      'assumed',
    ]);
  });

  test('is only what was measured where the curve holds the cards', () => {
    expect(
      cardsOf(
        facts(
          [
            { ...usage, joules: 5 },
            { ...usage, card: 'b', utilisation: 1 },
          ],
          3,
        ),
        undefined,
      ),
    ).toEqual([{ joules: 5, source: 'measured', cards: 1, utilisation: null, pod: null }]);
  });
});
