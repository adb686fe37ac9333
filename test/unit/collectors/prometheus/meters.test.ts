import { describe, expect, it } from 'vitest';
import { metersOfWindow } from '../../../../src/collectors/prometheus/meters.ts';
import { nodesOfWindow } from '../../../../src/collectors/prometheus/node-usage.ts';
import { podsOfWindow } from '../../../../src/collectors/prometheus/pod-usage.ts';
import { NO_ENERGY } from '../../../../src/collectors/prometheus/read-energy.ts';
import type { KeplerAnswers } from '../../../../src/collectors/prometheus/read-kepler.ts';
import type { PieceAnswers } from '../../../../src/collectors/prometheus/read-piece.ts';
import type { Window } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { column, pieceAnswers, timesEvery30 } from './piece-answers.ts';

const WINDOW: Window = { startSeconds: 3600, durationSeconds: 3600 };
const END = 7200;

function every30(from: number, to: number): number[] {
  const times: number[] = [];
  for (let seconds = from; seconds <= to; seconds += 30) times.push(seconds);
  return times;
}

interface Given {
  readonly exporter?: KeplerAnswers['exporter'];
  readonly times?: Readonly<Record<string, readonly number[]>>;
  readonly pods?: Readonly<Record<string, number>>;
  readonly edges?: Readonly<Record<string, number>>;
  readonly isModelled?: boolean;
}

/** A Kepler whose nodes counted 100 J active and 200 J idle, as `increase()` gives it. */
function kepler(given: Given = {}): KeplerAnswers {
  return {
    exporter: given.exporter ?? 'kepler',
    times: new Map(Object.entries(given.times ?? { a: every30(3300, 7500) })),
    zoneOf: () => ({ zone: 'package', activeJoules: 100, idleJoules: 200, isModelled: given.isModelled ?? false }),
    podJoules: () => new Map(Object.entries(given.pods ?? {})),
    podEdge: (_zone, edge, _end, place) => given.edges?.[`${edge} ${place}`] ?? 0,
  };
}

function answersWith(...generations: readonly KeplerAnswers[]): PieceAnswers {
  return pieceAnswers({
    usageTimes: timesEvery30({ a: [3300, 7500] }),
    cpu: column(END, { 'shop/web@a': 60, 'shop/db@a': 30 }),
    energy: { ...NO_ENERGY, kepler: generations },
  });
}

const metersOf = (...generations: readonly KeplerAnswers[]) =>
  metersOfWindow(answersWith(...generations), WINDOW, EMPTY_INVENTORY);
const web = { namespace: 'shop', name: 'web', node: 'a' };
const db = { namespace: 'shop', name: 'db', node: 'a' };

describe('metersOfWindow', () => {
  it('takes what was counted of a window that was scraped whole', () => {
    expect(metersOf(kepler()).byNode.get('a')).toEqual({
      exporter: 'kepler',
      zone: 'package',
      activeJoules: 100,
      idleJoules: 200,
      isModelled: false,
    });
  });

  it('lets the rates of the scraped time hold for the rest, for node and pods alike', () => {
    // 45 minutes; `increase()` reaches half a scrape beyond them.
    const meters = metersOf(kepler({ times: { a: every30(3600, 6300) }, pods: { 'shop/web@a': 40 } }));
    const factor = 3600 / 2715;
    expect(meters.byNode.get('a')?.activeJoules).toBeCloseTo(100 * factor, 6);
    expect(meters.byNode.get('a')?.idleJoules).toBeCloseTo(200 * factor, 6);
    expect(meters.activeJoules(web, false)).toBeCloseTo(40 * factor, 6);
  });

  it('has no meter where less than half of the window was scraped', () => {
    expect(metersOf(kepler({ times: { a: every30(3600, 5370) } })).byNode.size).toBe(0);
    expect(metersOf(kepler({ times: { a: every30(3600, 5400) } })).byNode.size).toBe(1);
    // Scrapes at the edges with a hole between them.
    expect(metersOf(kepler({ times: { a: [3600, 3630, 3660, 7140, 7170, 7200] } })).byNode.size).toBe(0);
  });

  it('prefers the newer generation, unless that one was hardly scraped', () => {
    const legacy = kepler({ exporter: 'kepler-legacy' });
    expect(metersOf(kepler(), legacy).byNode.get('a')?.exporter).toBe('kepler');
    const late = kepler({ times: { a: every30(6600, 7200) } });
    expect(metersOf(late, legacy).byNode.get('a')?.exporter).toBe('kepler-legacy');
  });

  it('passes on that a value is modelled', () => {
    expect(metersOf(kepler({ isModelled: true })).byNode.get('a')?.isModelled).toBe(true);
  });
});

describe('activeJoules', () => {
  it('is 0 for a pod that Kepler does not name on a node of which it names others', () => {
    const meters = metersOf(kepler({ pods: { 'shop/web@a': 40 } }));
    expect(meters.activeJoules(web, false)).toBe(40);
    expect(meters.activeJoules(db, false)).toBe(0);
  });

  it('is unknown without a meter, without a node, or where Kepler tells of no pods', () => {
    const meters = metersOf(kepler({ pods: { 'shop/web@a': 40 } }));
    expect(meters.activeJoules({ ...web, node: 'b' }, false)).toBeNull();
    expect(meters.activeJoules({ ...web, node: null }, false)).toBeNull();
    expect(metersOf(kepler()).activeJoules(web, false)).toBeNull();
    expect(metersOf(kepler({ pods: { 'shop/far@b': 1 } })).activeJoules(web, false)).toBeNull();
  });

  it('adds the end of a pod always, and its beginning only where it began in this window', () => {
    const given = {
      pods: { 'shop/web@a': 40 },
      edges: { 'head shop/web@a': 7, 'tail shop/web@a': 3, 'whole shop/db@a': 11 },
    };
    const meters = metersOf(kepler(given));
    expect(meters.activeJoules(web, false)).toBe(43);
    expect(meters.activeJoules(web, true)).toBe(50);
    // After a hole in the scrapes a pod may be named as ended with all that it ever took.
    expect(meters.activeJoules(db, false)).toBe(0);
    expect(meters.activeJoules(db, true)).toBe(11);
  });

  it('is never below 0', () => {
    const meters = metersOf(kepler({ pods: { 'shop/web@a': 2 }, edges: { 'tail shop/web@a': -5 } }));
    expect(meters.activeJoules(web, false)).toBe(0);
  });
});

describe('readings with meters', () => {
  const generations = [kepler({ pods: { 'shop/web@a': 40 } })];

  it('have the meter on the node and the joules on its pods', () => {
    const answers = answersWith(...generations);
    const meters = metersOfWindow(answers, WINDOW, EMPTY_INVENTORY);
    const { nodes } = nodesOfWindow(answers, WINDOW, EMPTY_INVENTORY, meters);
    expect(nodes.map((node) => [node.node, node.meter?.activeJoules])).toEqual([['a', 100]]);
    const pods = podsOfWindow(answers, WINDOW, EMPTY_INVENTORY, meters);
    expect(pods.map((pod) => [pod.name, pod.activeJoules])).toEqual([
      ['web', 40],
      ['db', 0],
    ]);
  });

  it('leave both out where no meter is', () => {
    const answers = answersWith();
    const { nodes } = nodesOfWindow(answers, WINDOW, EMPTY_INVENTORY);
    expect(nodes[0]).not.toHaveProperty('meter');
    expect(nodes[0]).not.toHaveProperty('gpus');
    for (const pod of podsOfWindow(answers, WINDOW, EMPTY_INVENTORY)) expect(pod).not.toHaveProperty('activeJoules');
  });

  it('know a node that only its meter tells of, and how long it was scraped', () => {
    const answers = answersWith(kepler({ times: { m: every30(3600, 7200) } }));
    const meters = metersOfWindow(answers, WINDOW, EMPTY_INVENTORY);
    const { nodes } = nodesOfWindow(answers, WINDOW, EMPTY_INVENTORY, meters);
    expect(nodes.find((node) => node.node === 'm')).toMatchObject({ cpuSeconds: null, coveredSeconds: 3600 });
  });
});
