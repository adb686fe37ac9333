import type { SourceState } from '../../contract/schemas/sources.ts';
import { formatMomentAge } from '../format/time.ts';
import type { Status } from '../ui/StatusDot.tsx';

/** Names of sources in words; a name that is not known is shown as it comes. */
const NAMES: Record<string, string> = {
  kubernetes: 'Kubernetes API',
  usage: 'Usage',
  energy: 'Energy',
  cost: 'Cost',
  grid: 'Grid intensity',
  hardware: 'Hardware',
  prometheus: 'Prometheus',
  store: 'Storage',
};

export const sourceName = (name: string): string => NAMES[name] ?? name;

type Answered = Pick<SourceState, 'state' | 'last_good_at'>;

const LOOKS: Readonly<Record<SourceState['state'], { readonly status: Status; readonly word: string }>> = {
  working: { status: 'healthy', word: 'Working' },
  failed: { status: 'broken', word: 'Failed' },
  waiting: { status: 'attention', word: 'Waiting' },
  'not-set-up': { status: 'off', word: 'Not set up' },
  offline: { status: 'off', word: 'Offline by choice' },
};

/** Sign and word of a source that figures come from. */
export const sourceLook = ({ state }: Pick<SourceState, 'state'>) => LOOKS[state];

/** `Last value from 14:00, 2 h ago`; or that there never was one. */
export function lastValueWords({ last_good_at }: Answered, nowMs: number, tz: string): string {
  return last_good_at === null
    ? 'No value came from it yet'
    : `Last value from ${formatMomentAge(last_good_at, nowMs, tz)}`;
}
