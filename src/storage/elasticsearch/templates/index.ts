import { COEFFICIENT_FAMILIES } from './coefficients.ts';
import { COORDINATION_FAMILIES } from './coordination.ts';
import type { IndexFamily } from './family.ts';
import { KUBERNETES_FAMILIES } from './kubernetes.ts';
import { RESULT_FAMILIES } from './results.ts';
import { ROLLUP_FAMILIES } from './rollups.ts';

/** Every index family of the store; each has an index template of the same name. */
export const FAMILIES: readonly IndexFamily[] = [
  ...RESULT_FAMILIES,
  ...ROLLUP_FAMILIES,
  ...COEFFICIENT_FAMILIES,
  ...KUBERNETES_FAMILIES,
  ...COORDINATION_FAMILIES,
];
