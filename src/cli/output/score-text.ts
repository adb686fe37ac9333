import type { ScoreAnswer, ScoreCard } from '../../contract/schemas/score.ts';
import { formatTable, printable } from './text-table.ts';

/** The score over all, then each cluster with its dimensions, then namespaces in one line each. */
export function formatScore({ score, period, clusters, namespaces }: ScoreAnswer): string {
  const parts = [`Score ${points(score)}, ${period.start} to ${period.end}\n`, ...clusters.map(cardText)];
  if (namespaces.length > 0) {
    parts.push(
      formatTable<ScoreCard>(
        [
          { title: 'NAMESPACE', text: ({ namespace }) => namespace ?? '' },
          { title: 'CLUSTER', text: nameOf },
          { title: 'SCORE', align: 'right', text: (card) => points(card.score) },
          { title: 'WHAT WOULD RAISE IT', text: ({ raise }) => raise?.how ?? '' },
        ],
        namespaces,
      ),
    );
  }
  return parts.join('\n');
}

function cardText(card: ScoreCard): string {
  const table = formatTable<ScoreCard['dimensions'][number]>(
    [
      { title: '', text: () => '  ' },
      { title: 'DIMENSION', text: ({ dimension }) => dimension.replaceAll('_', ' ') },
      { title: 'SCORE', align: 'right', text: (each) => points(each.score) },
      { title: 'WEIGHT', align: 'right', text: ({ weight }) => `${Math.round(weight * 100)} %` },
      { title: 'WHY', text: ({ note }) => note },
    ],
    card.dimensions,
  );
  const { raise } = card;
  const best =
    raise === null ? '' : `  Most would be gained by ${printable(raise.how)} (${points(raise.points)} points)\n`;
  return `${printable(nameOf(card))}: ${points(card.score)}\n${table}${best}`;
}

function nameOf({ cluster, cluster_name: name }: ScoreCard): string {
  return name ?? cluster;
}

function points(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(1);
}
