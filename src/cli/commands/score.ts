import type { CliDeps } from '../cli-deps.ts';
import { formatScore } from '../output/score-text.ts';
import { settingsFor } from './command-settings.ts';
import { checkRange, type FilterOptions, filterQuery } from './filter-options.ts';
import { print } from './print.ts';
import { withClient } from './with-client.ts';

export interface ScoreOptions extends FilterOptions {
  json?: boolean;
}

/** `podwatt score`: 0 to 100, its dimensions, and what would raise it most. */
export async function score(options: ScoreOptions, deps: CliDeps): Promise<void> {
  checkRange(options);
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const answer = await withClient(settings, deps, async (client) =>
    client.score.get(await filterQuery(options, client), { signal: terminal.stopSignal }),
  );
  await print(options, deps, answer, formatScore(answer));
}
