import { Archive, Database, type LucideIcon, Sigma, SlidersHorizontal } from 'lucide-react';
import type { ComponentType } from 'react';
import { FactorsSection } from './factors/FactorsSection.tsx';
import { GeneralSection } from './general/GeneralSection.tsx';
import { RetentionSection } from './retention/RetentionSection.tsx';
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
    key: 'factors',
    name: 'Factors',
    about: 'What is taken where a cluster itself tells nothing. A cluster can have its own on the page of clusters.',
    Icon: Sigma,
    Content: FactorsSection,
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
