import type { ScoreAnswer, ScoreCard } from '../../contract/schemas/score.ts';
import type { Family, Sample } from './exposition.ts';
import { toSeconds } from './hours.ts';
import { MOST_NAMESPACES } from './namespace-usage.ts';

/** What has no score has no sample. */
export function scoreFamilies({ clusters, namespaces, computed_at }: ScoreAnswer): Family[] {
  return [
    {
      name: 'podwatt_score',
      help: 'Sustainability score of a cluster, 0 to 100.',
      type: 'gauge',
      samples: clusters.flatMap((card) => sampleOf(card, card.score)),
    },
    {
      name: 'podwatt_score_dimension',
      help: 'Dimensions of the sustainability score of a cluster, each 0 to 100.',
      type: 'gauge',
      samples: clusters.flatMap((card) =>
        card.dimensions.flatMap(({ dimension, score }) => sampleOf(card, score, { dimension })),
      ),
    },
    {
      name: 'podwatt_namespace_score',
      help: 'Sustainability score of a namespace, 0 to 100.',
      type: 'gauge',
      samples: namespaces
        .slice(0, MOST_NAMESPACES)
        .flatMap((card) => sampleOf(card, card.score, { namespace: card.namespace ?? '' })),
    },
    {
      name: 'podwatt_score_timestamp_seconds',
      help: 'When the newest score was computed, Unix time.',
      type: 'gauge',
      samples: computed_at === null ? [] : [{ labels: {}, value: toSeconds(computed_at) }],
    },
  ];
}

function sampleOf(card: ScoreCard, value: number | null, more: Record<string, string> = {}): Sample[] {
  if (value === null) return [];
  return [{ labels: { cluster: card.cluster, cluster_name: card.cluster_name ?? '', ...more }, value }];
}
