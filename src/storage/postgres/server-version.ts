import { Failure } from '../../model/failure.ts';

const OLDEST = 140_000;

/** Throws `Failure` store for a server that is too old; `number` is its `server_version_num`. */
export function refuseOld(number: number): void {
  if (number >= OLDEST) return;
  throw new Failure('store', `PostgreSQL ${Math.floor(number / 10_000)} is too old: 14 or newer is needed`, {
    hint: 'Update the server, or point Podwatt at another one.',
  });
}
