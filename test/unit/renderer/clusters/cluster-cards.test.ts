import { describe, expect, it } from 'vitest';
import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import { gridColour } from '../../../../src/renderer/charts/grid-steps.ts';
import { cardsOf, faceOf, findCards } from '../../../../src/renderer/features/clusters/cluster-cards.ts';
import { ageOf, countWords, descriptionOf } from '../../../../src/renderer/features/clusters/cluster-words.ts';
import { totalsOf } from '../../../../src/renderer/features/clusters/totals.ts';
import { clusters, contexts, summary } from '../../../fakes/client/answers.ts';

const cards = cardsOf(contexts.contexts, clusters.clusters);
const named = (name: string) => cards.find((card) => card.name === name)!;
const NOW = Date.parse('2026-11-19T13:58:00Z');

describe('cardsOf', () => {
  it('joins contexts with their clusters, collecting ones first, broken ones last', () => {
    expect(cards.map((card) => [card.name, faceOf(card)])).toEqual([
      ['prod-eu-west-1', 'figures'],
      ['prod-us-east-1', 'figures'],
      ['prod-ap-south-1', 'signed-out'],
      ['kind-local', 'never-collected'],
      ['Sample cluster', 'never-collected'],
      ['half-written', 'broken-context'],
    ]);
  });

  it('keeps a card for a cluster that no context leads to any more', () => {
    const orphan = { ...clusters.clusters[0]!, id: 'c-old', name: 'old' };
    const [card] = cardsOf([], [orphan]);
    expect(card).toMatchObject({ name: 'old', context: null, cluster: { id: 'c-old' } });
    expect(descriptionOf(card!)).toContain('no context leads to it now');
  });
});

describe('faceOf', () => {
  const face = (more: Partial<ClusterItem>) =>
    faceOf({ ...named('prod-eu-west-1'), cluster: { ...clusters.clusters[0]!, ...more } });

  it.each([
    [{ state: 'unreachable' }, 'unreachable'],
    [{ state: 'failing' }, 'failing'],
    [{ state: 'no-data' }, 'waiting'],
    [{ state: 'reading-history' }, 'figures'],
    [{ state: 'reading-history', last_window_end: null }, 'waiting'],
    [{ state: 'paused', collecting: false }, 'figures'],
    [{ state: 'paused', collecting: false, last_window_end: null }, 'never-collected'],
  ] satisfies readonly (readonly [Partial<ClusterItem>, string])[])('of %o is %s', (more, expected) => {
    expect(face(more)).toBe(expected);
  });

  it('waits for a context that was just switched on', () => {
    const card = named('kind-local');
    expect(faceOf({ ...card, context: { ...card.context!, collecting: true } })).toBe('waiting');
  });
});

describe('findCards', () => {
  it('searches names, servers, files and regions', () => {
    expect(findCards(cards, 'KIND').map((card) => card.name)).toEqual(['kind-local']);
    expect(findCards(cards, 'ap-south').map((card) => card.name)).toEqual(['prod-ap-south-1']);
    expect(findCards(cards, '.kube/config')).toHaveLength(5);
    expect(findCards(cards, '  ')).toHaveLength(cards.length);
    expect(findCards(cards, 'nothing such')).toEqual([]);
  });
});

describe('words', () => {
  it('describe a cluster as far as it is known', () => {
    expect(descriptionOf(named('prod-eu-west-1'))).toBe('EKS 1.33, 14 nodes, eu-west-1, from ~/.kube/config');
    expect(descriptionOf(named('kind-local'))).toBe('from ~/.kube/config');
    expect(descriptionOf(named('Sample cluster'))).toBe('comes with Podwatt, needs no cluster');
    const onPrem = {
      ...clusters.clusters[0]!,
      provider: 'on_prem',
      server_version: 'v1.24.0',
      node_count: 1,
      region: null,
    };
    expect(descriptionOf({ ...named('kind-local'), cluster: onPrem })).toBe(
      'Kubernetes 1.24, 1 node, from ~/.kube/config',
    );
  });

  it('say how old the figures are and when the next run is', () => {
    const cluster = clusters.clusters[0]!;
    expect(ageOf(cluster, NOW, 'UTC')).toBe('3 min ago, next 14:00');
    expect(ageOf({ ...cluster, collecting: false }, NOW, 'UTC')).toBe('until 3 min ago');
    expect(ageOf({ ...cluster, state: 'reading-history' }, NOW, 'UTC')).toBe('reading history');
    expect(ageOf({ ...cluster, last_window_end: null }, NOW, 'UTC')).toBe('');
  });

  it('count contexts and files', () => {
    expect(countWords(contexts)).toBe('5 contexts in 2 kubeconfig files; nothing connects until you switch it on');
    expect(countWords({ contexts: contexts.contexts.slice(0, 1), files: contexts.files.slice(0, 1) })).toContain(
      '1 context in 1 kubeconfig file;',
    );
    expect(countWords({ contexts: [], files: [] })).toContain('no context');
  });
});

describe('totalsOf', () => {
  it('adds what can be added', () => {
    const totals = totalsOf([summary('c-eu'), summary('c-us')]);
    expect(totals.grams).toBe(77_000);
    expect(totals.gramsBefore).toBeCloseTo(77_000 * 1.105, 6);
    expect(totals.low).toBeLessThan(totals.grams);
    expect(totals.cost).toBeCloseTo(2200, 6);
  });

  it('does not add currencies, and compares only where all can be', () => {
    const totals = totalsOf([summary('c-eu'), { ...summary('c-us'), currency: 'USD', previous: null }]);
    expect(totals.cost).toBeNull();
    expect(totals.currency).toBeNull();
    expect(totals.gramsBefore).toBeNull();
  });
});

describe('gridColour', () => {
  it.each([
    [38, 1],
    [50, 2],
    [221, 4],
    [649, 6],
    [650, 7],
    [2000, 7],
  ])('%d g/kWh is step %d', (grams, step) => {
    expect(gridColour(grams)).toBe(`var(--grid-${step})`);
  });
});
