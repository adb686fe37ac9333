import type { BackendLike } from '../server/hosted-backend.ts';
import type { BackendRequest } from './cli-deps.ts';

/** The backend of a command. Loaded when it is needed, so that `--help` and bad usage answer at once. */
export async function createSystemBackend(request: BackendRequest): Promise<BackendLike> {
  const { settings, places, log, sources } = request;
  const { createBackend } = await import('../backend/create-backend.ts');
  throw new Error(`not connected yet ${settings} ${places} ${log} ${sources} ${createBackend}`);
}
