import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { TYPE_NAMES } from '../../figures/recommendation-names.ts';
import type { Grouping, PageSearch, SortKey, Tab } from './search.ts';
import { whereOf } from './words.ts';

/** The tab that shows it; null for what is neither open nor decided (its reason is gone). */
export function tabOf(item: Pick<RecommendationItem, 'status' | 'ignored_until'>): Tab | null {
  switch (item.status) {
    case 'active':
      return 'open';
    case 'ignored':
      return item.ignored_until === null ? 'dismissed' : 'snoozed';
    case 'applied':
      return 'applied';
    case 'verified':
    case 'regressed':
      return 'verified';
    case 'stale':
      return null;
  }
}

type Filters = Pick<PageSearch, 'type' | 'severity' | 'namespace' | 'q'>;

/** Those that all filters leave; the search looks into title, place, reason and type, without regard to case. */
export function filtered(items: readonly RecommendationItem[], filters: Filters): RecommendationItem[] {
  const words = (filters.q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return items.filter((item) => {
    if (filters.type !== undefined && item.type !== filters.type) return false;
    if (filters.severity !== undefined && item.severity !== filters.severity) return false;
    if (filters.namespace !== undefined && item.namespace !== filters.namespace) return false;
    const text = [item.title, item.resource, item.namespace ?? '', item.details, TYPE_NAMES[item.type]]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const CONFIDENCE_ORDER = { high: 3, medium: 2, low: 1 } as const;

/** When it came to the tab that it is in. */
export function decidedAt(item: RecommendationItem): string {
  return item.verification?.measured_at ?? item.applied_at ?? item.updated_at;
}

function lastColumn(item: RecommendationItem, tab: Tab): number {
  switch (tab) {
    case 'open':
      return CONFIDENCE_ORDER[item.confidence];
    case 'snoozed':
      return Date.parse(item.ignored_until ?? item.updated_at);
    case 'verified':
    case 'applied':
    case 'dismissed':
      return Date.parse(decidedAt(item));
  }
}

/** Names begin at A, amounts and times with the most. */
export const usualOrder = (key: SortKey): 'asc' | 'desc' => (key === 'title' || key === 'where' ? 'asc' : 'desc');

export function sorted(
  items: readonly RecommendationItem[],
  key: SortKey,
  order: 'asc' | 'desc',
  tab: Tab,
): RecommendationItem[] {
  const up = compareBy(key, tab);
  const sign = order === 'asc' ? 1 : -1;
  return items.toSorted((a, b) => sign * up(a, b) || compareBy('carbon', tab)(b, a) || a.id.localeCompare(b.id));
}

function compareBy(key: SortKey, tab: Tab): (a: RecommendationItem, b: RecommendationItem) => number {
  switch (key) {
    case 'title':
      return (a, b) => a.title.localeCompare(b.title);
    case 'where':
      return (a, b) => whereOf(a).name.localeCompare(whereOf(b).name);
    case 'carbon':
      return (a, b) =>
        a.estimated_savings.co2e_grams_per_day_range.expected - b.estimated_savings.co2e_grams_per_day_range.expected ||
        a.estimated_savings.co2e_grams_per_day_range.high - b.estimated_savings.co2e_grams_per_day_range.high;
    case 'money':
      return (a, b) =>
        a.estimated_savings.cost_per_day_range.expected - b.estimated_savings.cost_per_day_range.expected ||
        a.estimated_savings.cost_per_day_range.high - b.estimated_savings.cost_per_day_range.high;
    case 'last':
      return (a, b) => lastColumn(a, tab) - lastColumn(b, tab);
  }
}

export interface Section {
  readonly key: string;
  /** Null: the list is not grouped. */
  readonly title: string | null;
  readonly items: readonly RecommendationItem[];
}

/** Sections in the order of their first item, so that what saves most stays on top. */
export function sectionsOf(items: readonly RecommendationItem[], grouping: Grouping | undefined): Section[] {
  if (grouping === undefined) return items.length === 0 ? [] : [{ key: 'all', title: null, items }];
  const groups = Map.groupBy(items, (item) => groupKey(item, grouping));
  return [...groups].map(([key, members]) => ({ key, title: groupTitle(members, grouping), items: members }));
}

function groupKey(item: RecommendationItem, grouping: Grouping): string {
  if (grouping === 'plan') return item.plan_id;
  return grouping === 'type' ? item.type : (item.namespace ?? '');
}

function groupTitle([first]: readonly RecommendationItem[], grouping: Grouping): string {
  if (first === undefined) return '';
  if (grouping === 'type') return TYPE_NAMES[first.type];
  if (grouping === 'namespace') return first.namespace ?? 'Nodes and clusters';
  return first.namespace === null ? whereOf(first).name : `${first.namespace} / ${whereOf(first).name}`;
}

/** The one before or after `id` in the order shown; null at the ends. */
export function neighbourOf(items: readonly RecommendationItem[], id: string | undefined, step: 1 | -1): string | null {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) return items[0]?.id ?? null;
  return items[index + step]?.id ?? null;
}
