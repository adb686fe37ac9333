import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { StoreKind, StoreSettings } from '../../core/ports/store-settings.ts';
import { openStore } from './open-store.ts';
import { describeStore } from './store-address.ts';

/** A store that one may open, with what has to be known of it before. */
export interface StoreTarget {
  readonly kind: StoreKind;
  /** For people, without credentials. */
  readonly location: string;
  /** Opens it, making or migrating what is missing. */
  open(): Promise<ResultsStore>;
}

/** `open` takes the place of the real opening in tests. */
export function targetOf(
  settings: StoreSettings,
  open: (settings: StoreSettings) => Promise<ResultsStore> = openStore,
): StoreTarget {
  return { kind: settings.kind, location: describeStore(settings), open: () => open(settings) };
}
