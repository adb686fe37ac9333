import type { RestateCause } from '../../model/audit.ts';
import { DEFAULT_CURRENCY } from '../pipeline/cluster-record.ts';
import type { ContextSettings } from './context-settings.ts';

/** Why figures of the past change, for the audit. */
export interface MethodChange {
  readonly cause: RestateCause;
  /** With old and new value: `PUE 1.2 → 1.15`. */
  readonly reason: string;
}

/** What of the method differs, in the order in which people read it; null: nothing that figures depend on. */
export function methodChange(before: ContextSettings, after: ContextSettings): MethodChange | null {
  const changes = [
    changed('pue', 'PUE', before.pue, after.pue),
    changed('zone', 'Grid zone', before.zone, after.zone),
    changed('zone', 'Zone rules', rulesText(before), rulesText(after)),
    changed('contract', 'Supply contract', contractText(before), contractText(after)),
    changed('price', 'Price of a vCPU-hour', before.priceCpuCoreHour, after.priceCpuCoreHour),
    changed('price', 'Price of a GB-hour of memory', before.priceMemoryGbHour, after.priceMemoryGbHour),
    changed('price', 'Price of a GB-hour of storage', before.priceStorageGbHour, after.priceStorageGbHour),
    changed('price', 'Price of a GB over the network', before.priceNetworkGb, after.priceNetworkGb),
    changed('price', 'Price of a GPU-hour', before.priceGpuHour, after.priceGpuHour),
    changed('price', 'Currency', before.currency ?? DEFAULT_CURRENCY, after.currency ?? DEFAULT_CURRENCY),
  ].filter((change) => change !== null);
  const [first] = changes;
  if (first === undefined) return null;
  return { cause: first.cause, reason: changes.map(({ reason }) => reason).join('; ') };
}

function changed(
  cause: RestateCause,
  name: string,
  before: number | string | null,
  after: number | string | null,
): MethodChange | null {
  if (before === after) return null;
  return { cause, reason: `${name} ${before ?? 'by tables'} → ${after ?? 'by tables'}` };
}

function contractText({ contract }: ContextSettings): string | null {
  if (contract === null) return null;
  const { share, contractGramsPerKwh, residualGramsPerKwh } = contract;
  const rest = residualGramsPerKwh === null ? "the grid's intensity" : `${residualGramsPerKwh} g/kWh`;
  return `${round(share * 100)} % at ${contractGramsPerKwh} g/kWh, the rest at ${rest}`;
}

function rulesText({ zoneRules }: ContextSettings): string {
  if (zoneRules.length === 0) return 'none';
  return zoneRules
    .map(({ provider, region, label, zone }) => {
      const tag = label === null ? null : label.value === null ? label.name : `${label.name}=${label.value}`;
      return `${[provider, region, tag].filter((part) => part !== null).join(' ')}: ${zone}`;
    })
    .join(', ');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
