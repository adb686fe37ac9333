import { APP_STATE_MIGRATIONS } from '../migrations/app-state.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { DamagedTables } from './copy-tables.ts';
import { type Healed, heal } from './heal.ts';
import { settleKeys } from './settle-keys.ts';
import { type SettledWindows, settleWindows } from './settle-windows.ts';

/** A damaged store was replaced at start by what could be read of it. Plain data: it crosses threads. */
export interface Recovery {
  /** Where the damaged file is now; it is never deleted. */
  readonly setAsideAs: string;
  readonly atSeconds: number;
  readonly windowsRecovered: number;
  /** Windows that were there and are read again; those that nothing tells of any more don't count. */
  readonly windowsLost: number;
  /** True where more may be lost than is known. */
  readonly isLostLeast: boolean;
}

/** The results store. */
export async function healResults(file: string, nowSeconds: number): Promise<Recovery | null> {
  const healed = await heal(file, MIGRATIONS, nowSeconds, (database, damaged): SettledWindows => {
    settleKeys(database);
    return settleWindows(database, !damaged.has('pruned_days'));
  });
  return recoveryOf(healed, (damaged) => damaged.has('ledger'));
}

/** The app's own state: settings that can be read are kept. */
export async function healAppState(file: string, nowSeconds: number): Promise<Recovery | null> {
  const healed = await heal(file, APP_STATE_MIGRATIONS, nowSeconds, (): SettledWindows => ({ recovered: 0, lost: 0 }));
  return recoveryOf(healed, (damaged) => damaged.size > 0);
}

function recoveryOf(
  healed: Healed<SettledWindows> | null,
  isMoreLost: (damaged: DamagedTables) => boolean,
): Recovery | null {
  if (healed === null) return null;
  const { setAsideAs, atSeconds, recovered } = healed;
  return {
    setAsideAs,
    atSeconds,
    windowsRecovered: recovered?.outcome.recovered ?? 0,
    windowsLost: recovered?.outcome.lost ?? 0,
    isLostLeast: recovered === null || isMoreLost(recovered.damaged),
  };
}
