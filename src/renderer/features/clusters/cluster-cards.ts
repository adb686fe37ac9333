import type { ClusterItem, ContextItem } from '../../../contract/schemas/contexts.ts';

/** One card: a context of the kubeconfig, the cluster it led to, or both. */
export interface CardItem {
  readonly key: string;
  readonly name: string;
  readonly context: ContextItem | null;
  readonly cluster: ClusterItem | null;
}

/** What a card has to say. */
export type CardFace =
  | 'figures'
  | 'broken-context'
  | 'never-collected'
  | 'signed-out'
  | 'unreachable'
  | 'failing'
  | 'waiting';

/**
 * One card a context, with its cluster; clusters that no context leads to any more keep a card, because their figures
 * are kept. Collecting ones come first, then the rest in the order of the files.
 */
export function cardsOf(contexts: readonly ContextItem[], clusters: readonly ClusterItem[]): CardItem[] {
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const seen = new Set<string>();
  const cards = contexts.map((context) => {
    const cluster = (context.cluster_id === null ? undefined : byId.get(context.cluster_id)) ?? null;
    if (cluster !== null) seen.add(cluster.id);
    return { key: `context ${context.name}`, name: context.name, context, cluster };
  });
  const orphans = clusters
    .filter((cluster) => !seen.has(cluster.id))
    .map((cluster) => ({ key: `cluster ${cluster.id}`, name: cluster.name, context: null, cluster }));
  return [...cards, ...orphans].sort((a, b) => rank(a) - rank(b));
}

/** Of its cluster; one that was registered and has no results yet is known by its context. Null: never connected. */
export const idOf = ({ cluster, context }: CardItem): string | null => cluster?.id ?? context?.cluster_id ?? null;

const RANKS: Record<CardFace, number> = {
  figures: 0,
  waiting: 1,
  'signed-out': 2,
  failing: 3,
  unreachable: 4,
  'never-collected': 5,
  'broken-context': 6,
};
const rank = (card: CardItem): number => RANKS[faceOf(card)] * 2 + (card.context?.is_sample === true ? 1 : 0);

export function faceOf({ context, cluster }: CardItem): CardFace {
  if (context !== null && context.problem !== null) return 'broken-context';
  if (cluster === null) {
    if (context?.collecting !== true) return 'never-collected';
    return context.last_error == null ? 'waiting' : 'failing';
  }
  switch (cluster.state) {
    case 'signed-out':
    case 'unreachable':
    case 'failing':
      return cluster.state;
    case 'no-data':
      return 'waiting';
    case 'collecting':
    case 'reading-history':
    case 'elsewhere':
    case 'paused':
      return cluster.last_window_end === null ? (cluster.collecting ? 'waiting' : 'never-collected') : 'figures';
  }
}

/** Keeps the cards whose name, cluster, server or file holds the words. */
export function findCards(cards: readonly CardItem[], words: string): CardItem[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [...cards];
  return cards.filter(({ name, context, cluster }) =>
    [name, context?.cluster_name, context?.file, context?.server_url, cluster?.name, cluster?.region]
      .filter((text) => typeof text === 'string')
      .some((text) => text.toLowerCase().includes(wanted)),
  );
}
