import { CURRENT_COEFFICIENT_TABLES } from '../../sql/schema/science-tables.ts';
import type { IndexFamily } from './family.ts';
import { familyOf } from './table-family.ts';

/** Coefficients as they were, and what people and Podwatt did: some thousands of documents a year. */
export const COEFFICIENT_FAMILIES: readonly IndexFamily[] = CURRENT_COEFFICIENT_TABLES.map((table) => familyOf(table));
