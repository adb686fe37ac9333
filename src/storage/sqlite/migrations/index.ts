import type { Migration } from '../../sql/migration.ts';
import { results } from './0001-results.ts';
import { coefficients } from './0002-coefficients.ts';
import { kubernetes } from './0003-kubernetes.ts';
import { science } from './0004-science.ts';
import { kubernetesState } from './0005-kubernetes-state.ts';
import { savings } from './0006-savings.ts';

/** All steps of the results store, oldest first. A released step is never changed: add another. */
export const MIGRATIONS: readonly Migration[] = [results, coefficients, kubernetes, science, kubernetesState, savings];
