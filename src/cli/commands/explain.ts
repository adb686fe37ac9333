import type { Explanation } from '../../contract/schemas/explain.ts';
import type { CliDeps } from '../cli-deps.ts';
import { formatExplanation } from '../output/explain-text.ts';
import { settingsFor } from './command-settings.ts';
import { checkRange, type FilterOptions, filterQuery } from './filter-options.ts';
import { print } from './print.ts';
import { withClient } from './with-client.ts';

export interface ExplainOptions extends FilterOptions {
  metric: Explanation['metric'];
  at?: string;
  json?: boolean;
}

/** `podwatt explain`: formulas, values and sources behind a figure, of one window or a range. */
export async function explain(options: ExplainOptions, deps: CliDeps): Promise<void> {
  checkRange(options);
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const { metric, at } = options;
  const explanation = await withClient(settings, deps, async (client) => {
    const query = { ...(await filterQuery(options, client)), metric, ...(at === undefined ? {} : { timestamp: at }) };
    return client.explain.figure(query, { signal: terminal.stopSignal });
  });
  await print(options, deps, explanation, formatExplanation(explanation));
}
