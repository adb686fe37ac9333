import type { AnyContractProcedure } from '@orpc/contract';

export const REST_PREFIX = '/api/v1';

/** True for operations that are REST routes too: those that the contract gives a path. */
export function hasRestPath(procedure: AnyContractProcedure): boolean {
  return procedure['~orpc'].route.path !== undefined;
}
