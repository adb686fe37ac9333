const DIGITS = 3;

/** Joules as kWh, 3 significant digits. */
export function kilowattHours(joules: number): string {
  return digits(joules / 3.6e6);
}

/** Grams of CO2e as they are, 3 significant digits. */
export function grams(value: number): string {
  return digits(value);
}

/** Money, 3 significant digits but cents at least. */
export function money(value: number): string {
  return value >= 1 ? value.toFixed(2) : digits(value);
}

/** Any quantity, 6 significant digits: enough to follow a calculation. */
export function number(value: number): string {
  return digits(value, 6);
}

/** Bytes in the largest decimal unit that gives 1 at least. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const place = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${digits(bytes / 1000 ** place)} ${units[place]}`;
}

/** Significant digits without an exponent; the whole part is never rounded. */
function digits(value: number, significant = DIGITS): string {
  if (value === 0) return '0';
  const whole = Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.min(12, Math.max(0, significant - whole)));
}
