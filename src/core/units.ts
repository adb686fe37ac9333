/** Joules in a kilowatt-hour. */
export const JOULES_PER_KWH = 3_600_000;
export const SECONDS_PER_HOUR = 3600;
/** Kubernetes counts memory in bytes; coefficients are per decimal gigabyte. */
export const BYTES_PER_GB = 1e9;
/** Decimal gigabytes in a binary gibibyte. */
export const GB_PER_GIB = 1.073741824;
export const MILLICORES_PER_CORE = 1000;
export const GRAMS_PER_KILOGRAM = 1000;
