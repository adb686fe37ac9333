import { Failure } from '../../../model/failure.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { type SharedOptions, settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';

/** `podwatt tokens revoke NAME`: by its name or its id. It opens nothing from now on. */
export async function revokeToken(
  named: string,
  options: SharedOptions & { json?: boolean },
  deps: CliDeps,
): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const revoked = await withClient(settings, deps, async (client) => {
    const { tokens } = await client.tokens.list();
    const token = tokens.find(({ id }) => id === named) ?? tokens.find(({ name }) => name === named);
    if (token === undefined) {
      throw new Failure('not-found', `There is no API token "${named}"`, { hint: 'podwatt tokens list shows them.' });
    }
    await client.tokens.revoke({ id: token.id });
    return token;
  });
  await print(options, deps, revoked, `Token "${revoked.name}" is revoked.\n`);
}
