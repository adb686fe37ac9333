export { createTableCoefficients } from './coefficients.ts';
export { type CoefficientTables, loadCoefficientTables } from './load.ts';
export { loadZoneNames } from './zone-names.ts';
