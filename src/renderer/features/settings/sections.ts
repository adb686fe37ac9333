import { Archive, Database, type LucideIcon, PlugZap, Sigma, SlidersHorizontal } from 'lucide-react';
import type { ComponentType } from 'react';
import { GeneralSection } from './general/GeneralSection.tsx';
import { MethodSection } from './method/MethodSection.tsx';
import { RetentionSection } from './retention/RetentionSection.tsx';
import { SourcesSection } from './sources/SourcesSection.tsx';
import { StorageSection } from './storage/StorageSection.tsx';

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
    key: 'factors',
    name: 'Method and factors',
    about: 'How watts become carbon and money: for all clusters, and for each of them.',
    Icon: Sigma,
    Content: MethodSection,
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
];
