import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import type { IndexFamily } from './family.ts';
import { familyOf } from './table-family.ts';

/** Coefficients as they were, and what people and Podwatt did: some thousands of documents a year. */
export const COEFFICIENT_FAMILIES: readonly IndexFamily[] = COEFFICIENT_TABLES.map((table) => familyOf(table));
