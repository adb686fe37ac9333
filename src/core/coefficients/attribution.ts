/** Weight of CPU in the reservation share; memory has the rest. Source: METHODOLOGY 0.3 and 1.7. */
export const CPU_WEIGHT = 0.5;
