const HOUR_MILLISECONDS = 3_600_000;
/** The publisher left out up to this many hours at once. */
const LONGEST_GAP_HOURS = 24;

/**
 * Hourly values by zone, in order, of `zone,hour_utc,gco2e_per_kwh`. Short gaps are bridged in a straight line, so that
 * hours of the day stay where they are; throws on long ones and on hours out of order.
 */
export function readHourlyZones(csv: string): ReadonlyMap<string, readonly number[]> {
  const zones = new Map<string, { readonly values: number[]; last: number }>();
  for (const line of csv.trim().split('\n').slice(1)) {
    const [name = '', hour = '', text = ''] = line.trim().split(',');
    const at = Date.parse(hour) / HOUR_MILLISECONDS;
    const value = Number(text);
    const zone = zones.get(name) ?? { values: [], last: at - 1 };
    zones.set(name, zone);
    const steps = at - zone.last;
    if (!(steps >= 1 && steps <= LONGEST_GAP_HOURS))
      throw new Error(`${name}: ${hour} does not follow the hour before it`);
    const before = zone.values.at(-1) ?? value;
    for (let step = 1; step <= steps; step += 1) zone.values.push(before + ((value - before) * step) / steps);
    zone.last = at;
  }
  return new Map([...zones].map(([name, { values }]) => [name, values]));
}
