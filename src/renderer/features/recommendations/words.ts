import {
  CircleDashed,
  Clock,
  Combine,
  FolderX,
  type LucideIcon,
  Minimize2,
  Moon,
  ServerOff,
  SquareArrowDownLeft,
  Trash2,
  TrendingDown,
} from 'lucide-react';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import type { Tab } from './search.ts';

type Type = RecommendationItem['type'];

export const TYPE_ICONS: Readonly<Record<Type, LucideIcon>> = {
  ZOMBIE_POD: Trash2,
  RIGHTSIZING_CPU: SquareArrowDownLeft,
  RIGHTSIZING_MEMORY: SquareArrowDownLeft,
  AUTOSCALING_CANDIDATE: TrendingDown,
  OFF_PEAK_SCALING: Moon,
  IDLE_NAMESPACE: FolderX,
  CARBON_AWARE_SCHEDULING: Clock,
  OVERPROVISIONED_NODE: Minimize2,
  UNDERUTILIZED_NODE: ServerOff,
  CONSOLIDATE_NODES: Combine,
  MISSING_REQUESTS: CircleDashed,
};

export const SEVERITY_NAMES: Readonly<Record<RecommendationItem['severity'], string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};
export const CONFIDENCE_NAMES: Readonly<Record<RecommendationItem['confidence'], string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const TAB_NAMES: Readonly<Record<Tab, string>> = {
  open: 'Open',
  applied: 'Applied',
  verified: 'Verified',
  snoozed: 'Snoozed',
  dismissed: 'Dismissed',
};

/** What it is about: kind and name; a namespace, node or cluster has its own kind. */
export function whereOf(item: Pick<RecommendationItem, 'resource' | 'scope'>): { kind: string; name: string } {
  const [kind, ...rest] = item.resource.split('/');
  if (item.scope === 'namespace') return { kind: 'Namespace', name: item.resource };
  if (item.scope === 'node') return { kind: 'Node', name: item.resource };
  if (item.scope === 'cluster') return { kind: 'Cluster', name: item.resource };
  if (kind === undefined || rest.length === 0) return { kind: 'Workload', name: item.resource };
  return { kind, name: rest.join('/') };
}

export type Measured = RecommendationItem & {
  readonly verification: NonNullable<RecommendationItem['verification']>;
};

/** Whether there is something found; one that waits, or was undone before, has only zeros. */
export const isMeasured = (item: RecommendationItem): item is Measured =>
  item.verification !== null && item.verification.outcome !== 'waiting';

/** How a measured saving stands against the promised one. */
export function outcomeWords(item: Pick<RecommendationItem, 'status' | 'verification'>): string {
  const outcome = item.verification?.outcome;
  if (item.status === 'regressed') return outcome === 'below' ? 'less than promised' : 'undone';
  switch (outcome) {
    case 'within':
      return 'in range';
    case 'above':
      return 'above range';
    case 'below':
      return 'below range';
    case 'waiting':
    case undefined:
      return 'being measured';
  }
}
