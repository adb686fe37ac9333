import { factsContract } from './facts-contract.ts';
import { groupsContract } from './groups-contract.ts';
import { leaseContract } from './lease-contract.ts';
import { maintainContract } from './maintain-contract.ts';
import { propertiesContract } from './properties-contract.ts';
import { replaceContract } from './replace-contract.ts';
import { seriesContract } from './series-contract.ts';
import type { OpenStore } from './store-fixture.ts';
import { totalsContract } from './totals-contract.ts';

/** Random schedules of a property: fewer where each write waits for a server. */
export interface ContractSettings {
  /** Of writes alone. */
  readonly writes: number;
  /** Of writes, maintenance and crashes. */
  readonly maintenances: number;
}

/** What every store has to do, whatever it is made of. */
export function everyContract(name: string, open: OpenStore, { writes, maintenances }: ContractSettings): void {
  totalsContract(name, open);
  replaceContract(name, open);
  groupsContract(name, open);
  seriesContract(name, open);
  factsContract(name, open);
  propertiesContract(name, open, writes);
  leaseContract(name, open);
  maintainContract(name, open, maintenances);
}
