/** A number ready to show: the unit stands apart, so that it can be smaller and greyer. */
export interface Parts {
  readonly value: string;
  /** Empty where the value says all (money, words). */
  readonly unit: string;
}

/** What stands where a figure is missing; a missing value is never drawn as zero. */
export const NO_DATA: Parts = { value: 'no data', unit: '' };

export function isMissing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || !Number.isFinite(value);
}

/** `35.2 kg`: parts as one string, for labels and titles. */
export function joinParts(parts: Parts): string {
  return parts.unit === '' ? parts.value : `${parts.value} ${parts.unit}`;
}
