import type { Migration } from '../migrate.ts';
import { results } from './0001-results.ts';

/** All steps of the results store, oldest first. A released step is never changed: add another. */
export const MIGRATIONS: readonly Migration[] = [results];
