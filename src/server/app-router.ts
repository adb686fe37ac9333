import type { Router } from '@orpc/server';
import type { Contract } from '../contract/contract.ts';

/** The implemented contract, as the backend hands it to its hosts. */
export type AppRouter = Router<Contract, Record<never, never>>;
