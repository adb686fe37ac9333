const WATT_HOURS_PER_KWH = 1000;

/** A persistent volume by what was asked for: that is what the provider sets aside, used or not. */
export interface RequestedVolume {
  readonly terabytes: number;
  /** Watt hours that one terabyte of its medium takes an hour. */
  readonly wattHoursPerTerabyteHour: number;
  /** Copies that the provider keeps. */
  readonly replication: number;
}

/** IT energy of a volume over some hours, in kWh. Source: METHODOLOGY 1.4. */
export function volumeKwh(volume: RequestedVolume, hours: number): number {
  return (volume.terabytes * hours * volume.wattHoursPerTerabyteHour * volume.replication) / WATT_HOURS_PER_KWH;
}
