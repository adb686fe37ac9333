import type { Factor } from '../../model/bounds.ts';
import type { CurvePoints } from '../../model/coefficients.ts';

/** Watts of a GPU at rest and at full load as shares of its TDP. Source: Cloud Carbon Footprint; METHODOLOGY 1.3. */
export const GPU_IDLE_SHARE_OF_TDP = 0.116;
export const GPU_FULL_SHARE_OF_TDP = 1.02;

/** What is taken where nothing says how busy a GPU is, and how far that may be off. Source: METHODOLOGY 1.3. */
export const UNKNOWN_GPU_UTILISATION = 0.5;
export const UNKNOWN_GPU_FACTOR: Factor = { low: 0.4, high: 2 };

/** Range of GPU power that is modelled from its TDP and a known utilisation. Source: METHODOLOGY 1.1 (c). */
export const GPU_TDP_FACTOR: Factor = { low: 0.5, high: 1.6 };

/** Range of what a card itself measures. Source: METHODOLOGY 1.1 (a). */
export const MEASURED_GPU_FACTOR: Factor = { low: 0.9, high: 1.15 };

/** TDP that is taken for a card of no known model, and how far it may be off: cards of servers lie between 70 and 700 W. Our own choice. */
export const UNKNOWN_GPU_TDP_WATTS = 300;
export const UNKNOWN_GPU_TDP_FACTOR: Factor = { low: 70 / 300, high: 700 / 300 };

/**
 * Shares of TDP that a published curve of an instance type contains for each GPU, at 0, 10, 50 and 100 %.
 * Source: METHODOLOGY 1.3, checked on all 160 types that name a model.
 */
export const GPU_SHARES_IN_TEADS_CURVE: CurvePoints = [0.12, 0.32, 0.75, 1.02];
export const GPU_SHARES_IN_OTHER_CURVES: CurvePoints = [0.116, 0.2064, 0.568, 1.02];
