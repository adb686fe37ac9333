import {
  Archive,
  BellRing,
  Boxes,
  Database,
  KeyRound,
  ListChecks,
  type LucideIcon,
  PlugZap,
  Sigma,
  SlidersHorizontal,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { GeneralSection } from './general/GeneralSection.tsx';
import { KubernetesSection } from './kubernetes/KubernetesSection.tsx';
import { MethodSection } from './method/MethodSection.tsx';
import { ThresholdsSection } from './recommendations/ThresholdsSection.tsx';
import { RetentionSection } from './retention/RetentionSection.tsx';
import { SourcesSection } from './sources/SourcesSection.tsx';
import { StorageSection } from './storage/StorageSection.tsx';
import { TokensSection } from './tokens/TokensSection.tsx';
import { WebhookSection } from './webhook/WebhookSection.tsx';

export interface Section {
  /** Its part of the address: `/settings?section=storage`. */
  readonly key: string;
  readonly name: string;
  /** One sentence below the name. */
  readonly about: string;
  readonly Icon: LucideIcon;
  readonly Content: ComponentType;
}

/** The sections in the order of the list; a new one is one line here. */
export const SECTIONS: readonly [Section, ...Section[]] = [
  {
    key: 'general',
    name: 'General',
    about: 'How Podwatt looks, and on which clocks it writes times.',
    Icon: SlidersHorizontal,
    Content: GeneralSection,
  },
  {
    key: 'sources',
    name: 'Sources and keys',
    about:
      'Services that figures come from. A source that is missing is replaced by the next best, with a wider range.',
    Icon: PlugZap,
    Content: SourcesSection,
  },
  {
    key: 'kubernetes',
    name: 'Kubernetes',
    about: 'Which labels name the owners of what runs, and how the kubeconfigs that you gave are kept.',
    Icon: Boxes,
    Content: KubernetesSection,
  },
  {
    key: 'factors',
    name: 'Method and factors',
    about: 'How watts become carbon and money: for all clusters, and for each of them.',
    Icon: Sigma,
    Content: MethodSection,
  },
  {
    key: 'recommendations',
    name: 'Recommendations',
    about: 'From which figures on something is recommended. The defaults suit most clusters.',
    Icon: ListChecks,
    Content: ThresholdsSection,
  },
  {
    key: 'alerts',
    name: 'Alerts',
    about: 'Where alerts of budgets go besides the app, for example to the chat of a team.',
    Icon: BellRing,
    Content: WebhookSection,
  },
  {
    key: 'storage',
    name: 'Storage',
    about: 'Where results are kept, what is in there, and how fast it grows.',
    Icon: Database,
    Content: StorageSection,
  },
  {
    key: 'retention',
    name: 'Retention',
    about: 'How long results are kept. Removing a finer level never changes a coarser total.',
    Icon: Archive,
    Content: RetentionSection,
  },
  {
    key: 'tokens',
    name: 'API tokens',
    about: 'For programs that ask Podwatt. Each has a scope and an end, and can be revoked.',
    Icon: KeyRound,
    Content: TokensSection,
  },
];
