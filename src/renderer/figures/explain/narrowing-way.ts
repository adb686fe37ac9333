import type { Narrowing } from '../../../contract/schemas/explain.ts';

type Kind = NonNullable<Narrowing['action']>['kind'];

/** Where a person can do what would narrow a range: a section of the settings, or a page to read. */
type Way = { readonly kind: 'settings'; readonly section: string } | { readonly kind: 'read'; readonly url: string };

export function wayOf(kind: Kind): Way {
  switch (kind) {
    case 'set-pue':
    case 'set-zone':
    case 'set-prices':
    case 'label-nodes':
      return { kind: 'settings', section: 'factors' };
    case 'connect-grid':
    case 'connect-boavizta':
    case 'connect-opencost':
      return { kind: 'settings', section: 'sources' };
    case 'install-meter':
      return { kind: 'read', url: 'https://sustainable-computing.io/kepler/' };
  }
}
