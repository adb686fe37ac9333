import type { TokenScope } from '../../../contract/schemas/tokens.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { UsageError } from '../../report-failure.ts';
import { type SharedOptions, settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';

export interface CreateTokenOptions extends SharedOptions {
  scope: TokenScope;
  expires: string;
  json?: boolean;
}

/** `podwatt tokens create NAME`: the token alone on stdout, so that a script can keep it; everything else on stderr. */
export async function createToken(name: string, options: CreateTokenOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const expires_in_days = daysOf(options.expires);
  const settings = await settingsFor(options, terminal);
  const made = await withClient(settings, deps, (client) =>
    client.tokens.create({ name, scope: options.scope, expires_in_days }),
  );
  const until = made.expires_at === null ? 'never expires' : `expires at ${made.expires_at}`;
  terminal.writeError(`Token "${made.name}" (${made.scope}) ${until}. It is shown this once.\n`);
  await print(options, deps, made, `${made.token}\n`);
}

function daysOf(text: string): number | null {
  if (text === 'never') return null;
  const days = Number(/^(\d{1,4})d$/.exec(text)?.[1] ?? Number.NaN);
  if (days >= 1 && days <= 3650) return days;
  throw new UsageError('--expires takes days, for example 90d, or never');
}
