import { createContext, useContext } from 'react';
import type { TargetOf } from './target.ts';

/** Which figure is explained, and the ways in and out. */
export interface Explaining {
  /** The target in the address; null where nothing is explained. */
  readonly open: string | null;
  readonly show: (target: TargetOf) => void;
  /** As Back does, where a click opened it; otherwise the address loses it. */
  readonly close: () => void;
}

const nothing = (): void => undefined;
export const ExplainContext = createContext<Explaining>({ open: null, show: nothing, close: nothing });

/** One reading of the address for all figures of a page: a table has hundreds. */
export const useExplain = (): Explaining => useContext(ExplainContext);
