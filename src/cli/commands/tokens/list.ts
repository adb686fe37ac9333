import type { CliDeps } from '../../cli-deps.ts';
import { formatTokens } from '../../output/tokens-text.ts';
import { type SharedOptions, settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';

/** `podwatt tokens list`: who may call the API, until when, and when they last did. */
export async function listTokens(options: SharedOptions & { json?: boolean }, deps: CliDeps): Promise<void> {
  const settings = await settingsFor(options, deps.terminal);
  const { tokens } = await withClient(settings, deps, (client) => client.tokens.list());
  await print(options, deps, tokens, formatTokens(tokens, Date.now()));
}
