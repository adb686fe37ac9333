import type { Family, Sample } from './exposition.ts';
import type { NamespaceUsage, UsageFigure } from './namespace-usage.ts';

/** What labels name a cluster with. */
export interface ClusterLabels {
  readonly cluster: string;
  readonly cluster_name: string;
  readonly currency: string;
}
/** By the id of the cluster. */
export type ClusterNames = ReadonlyMap<string, ClusterLabels>;

interface Named {
  readonly figure: UsageFigure;
  readonly base: string;
  readonly unit: string;
  readonly what: string;
}

const NAMED: readonly Named[] = [
  { figure: 'energy_joules', base: 'energy', unit: 'joules', what: 'IT energy, before PUE' },
  { figure: 'facility_energy_joules', base: 'facility_energy', unit: 'joules', what: 'Energy with cooling (IT × PUE)' },
  { figure: 'co2e_grams', base: 'co2e', unit: 'grams', what: 'Operational emissions' },
  { figure: 'co2e_low_grams', base: 'co2e_low', unit: 'grams', what: 'Low end of operational emissions' },
  { figure: 'co2e_high_grams', base: 'co2e_high', unit: 'grams', what: 'High end of operational emissions' },
  { figure: 'embodied_co2e_grams', base: 'embodied_co2e', unit: 'grams', what: 'Emissions of manufacture' },
  { figure: 'total_cost', base: 'cost', unit: '', what: 'Cost in the currency of the cluster' },
];

/** Gauges of the 24 whole hours that ended last, by cluster and namespace. */
export function dayFamilies(usage: readonly NamespaceUsage[], names: ClusterNames): Family[] {
  return NAMED.map(({ figure, base, unit, what }) => ({
    name: ['podwatt', base, '24h', unit].filter((part) => part !== '').join('_'),
    help: `${what} of the 24 whole hours that ended last, by namespace.`,
    type: 'gauge',
    samples: samplesOf(usage, figure, names),
  }));
}

/** Counters of the hours that ended since the start, by cluster and namespace. */
export function counterFamilies(usage: readonly NamespaceUsage[], names: ClusterNames): Family[] {
  return NAMED.map(({ figure, base, unit, what }) => ({
    name: ['podwatt', base, unit, 'total'].filter((part) => part !== '').join('_'),
    help: `${what} of the hours that ended since Podwatt started, by namespace.`,
    type: 'counter',
    samples: samplesOf(usage, figure, names),
  }));
}

function samplesOf(usage: readonly NamespaceUsage[], figure: UsageFigure, names: ClusterNames): Sample[] {
  return usage.flatMap(({ cluster, namespace, figures }) => {
    const known = names.get(cluster);
    if (known === undefined) return [];
    const { currency, ...labels } = known;
    const money = figure === 'total_cost' ? { currency } : {};
    return [{ labels: { ...labels, namespace, ...money }, value: figures[figure] }];
  });
}
