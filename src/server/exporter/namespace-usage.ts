import type { Figures } from '../../contract/schemas/figures.ts';
import type { ExporterClient, HourRange } from './exporter-client.ts';

/** Namespaces of all clusters that are exported by name; the rest of each cluster is one more line. */
export const MOST_NAMESPACES = 500;
export const OTHER_NAMESPACES = '__other__';

/** What is exported of a namespace, and counted. */
export type UsageFigure = Extract<
  keyof Figures,
  | 'energy_joules'
  | 'facility_energy_joules'
  | 'co2e_grams'
  | 'co2e_low_grams'
  | 'co2e_high_grams'
  | 'embodied_co2e_grams'
  | 'total_cost'
>;
export type UsageFigures = Readonly<Record<UsageFigure, number>>;

export interface NamespaceUsage {
  readonly cluster: string;
  readonly namespace: string;
  readonly figures: UsageFigures;
}

/**
 * What each namespace used in whole hours, from roll-ups. Those with most energy go by name (as long as `isNamed`
 * allows it), all others of a cluster are summed as `__other__`, so that the lines of a cluster add up to it.
 */
export async function namespaceUsage(
  client: ExporterClient,
  range: HourRange,
  isNamed: (cluster: string, namespace: string) => boolean = () => true,
): Promise<readonly NamespaceUsage[]> {
  const query = { ...range, sort: 'energy', limit: MOST_NAMESPACES, offset: 0 } as const;
  const [byNamespace, byCluster] = await Promise.all([
    client.metrics.breakdown({ ...query, by: 'namespace' }),
    client.metrics.breakdown({ ...query, by: 'cluster' }),
  ]);
  const named = byNamespace.items.flatMap((item) => {
    const { cluster_id: cluster, namespace, key } = item;
    const name = namespace ?? key;
    return cluster === null || !isNamed(cluster, name) ? [] : [{ cluster, namespace: name, figures: figuresOf(item) }];
  });
  const isAll = byNamespace.next_cursor === null && named.length === byNamespace.items.length;
  if (isAll) return named;
  const others = byCluster.items.map((item): NamespaceUsage => {
    const cluster = item.cluster_id ?? item.key;
    const own = named.filter((each) => each.cluster === cluster);
    return { cluster, namespace: OTHER_NAMESPACES, figures: rest(figuresOf(item), own) };
  });
  return [...named, ...others.filter(({ figures }) => Object.values(figures).some((value) => value > 0))];
}

/** The whole without its parts; what rounding leaves below nothing is nothing. */
function rest(whole: UsageFigures, parts: readonly NamespaceUsage[]): UsageFigures {
  return eachFigure((name) => {
    const left = whole[name] - parts.reduce((sum, { figures }) => sum + figures[name], 0);
    return left > whole[name] * 1e-9 ? left : 0;
  });
}

function figuresOf(item: Figures): UsageFigures {
  return eachFigure((name) => item[name]);
}

export function eachFigure(of: (name: UsageFigure) => number): UsageFigures {
  return {
    energy_joules: of('energy_joules'),
    facility_energy_joules: of('facility_energy_joules'),
    co2e_grams: of('co2e_grams'),
    co2e_low_grams: of('co2e_low_grams'),
    co2e_high_grams: of('co2e_high_grams'),
    embodied_co2e_grams: of('embodied_co2e_grams'),
    total_cost: of('total_cost'),
  };
}
