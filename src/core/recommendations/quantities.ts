const KIB = 1024;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** Up to this much, whole multiples of the step. Coarser as it grows, never by more than about a tenth. */
const CPU_STEPS: readonly [below: number, step: number][] = [
  [100, 5],
  [1000, 10],
  [4000, 50],
  [Number.POSITIVE_INFINITY, 100],
];
const MEMORY_STEPS: readonly [below: number, step: number][] = [
  [128 * MIB, 4 * MIB],
  [GIB, 16 * MIB],
  [8 * GIB, 64 * MIB],
  [Number.POSITIVE_INFINITY, 256 * MIB],
];

/** The next sensible step at or above a need, never below the floor; in millicores. */
export function roundUpCpu(millicores: number, floor: number): number {
  return roundUp(Math.max(millicores, floor), CPU_STEPS);
}

/** The next sensible step at or above a need, never below the floor; in bytes. */
export function roundUpMemory(bytes: number, floor: number): number {
  return roundUp(Math.max(bytes, floor), MEMORY_STEPS);
}

function roundUp(value: number, steps: readonly [number, number][]): number {
  const step = steps.find(([below]) => value < below)?.[1] ?? 1;
  return Math.ceil(value / step - 1e-9) * step;
}

/** As a manifest says it: `600m`. Parts of a millicore round up. */
export function cpuQuantity(millicores: number): string {
  return `${Math.ceil(millicores - 1e-9)}m`;
}

/** As a manifest says it: the largest binary unit that gives a whole number, else bytes. */
export function memoryQuantity(bytes: number): string {
  const whole = Math.ceil(bytes);
  if (whole > 0 && whole % GIB === 0) return `${whole / GIB}Gi`;
  if (whole > 0 && whole % MIB === 0) return `${whole / MIB}Mi`;
  if (whole > 0 && whole % KIB === 0) return `${whole / KIB}Ki`;
  return String(whole);
}

/** For people: cores with two digits, `1.50`; below a tenth in millicores, `60m`. */
export function sayCores(millicores: number): string {
  return Math.round(millicores) < 100 ? `${Math.round(millicores)}m` : (millicores / 1000).toFixed(2);
}

/** For people: `340 MiB`, `1.25 GiB`. */
export function sayMemory(bytes: number): string {
  if (bytes >= GIB) return `${trimmed(bytes / GIB)} GiB`;
  return bytes >= MIB ? `${Math.round(bytes / MIB)} MiB` : `${Math.round(bytes / KIB)} KiB`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(2)));
}
