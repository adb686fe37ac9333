import type * as z from 'zod';
import { RecommendationType, Severity } from '../../contract/schemas/recommendations.ts';
import { Failure } from '../../model/failure.ts';
import type { CliDeps } from '../cli-deps.ts';
import { formatRecommendations } from '../output/recommend-text.ts';
import { UsageError } from '../report-failure.ts';
import { type SharedOptions, settingsFor } from './command-settings.ts';
import { clusterQuery } from './filter-options.ts';
import { print } from './print.ts';
import { withClient } from './with-client.ts';

/** As many as one answer of the API has. */
const MOST = 1000;

export interface RecommendOptions extends SharedOptions {
  cluster?: string;
  namespace?: string;
  type?: string;
  failOn?: z.infer<typeof Severity>;
  json?: boolean;
}

/** `podwatt recommend`: what could be saved now. Changes nothing, also not in the history of recommendations. */
export async function recommend(options: RecommendOptions, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const type = options.type === undefined ? undefined : typeOf(options.type);
  const settings = await settingsFor(options, terminal);
  const { namespace, failOn } = options;
  const found = await withClient(settings, deps, async (client) => {
    const query = {
      ...(await clusterQuery(options.cluster, client)),
      ...(namespace === undefined ? {} : { namespace }),
      ...(type === undefined ? {} : { type }),
      limit: MOST,
    };
    return client.recommendations.list(query, { signal: terminal.stopSignal });
  });
  await print(options, deps, found, formatRecommendations(found));
  if (failOn === undefined) return;
  const severe = found.recommendations.filter((each) => weightOf(each.severity) <= weightOf(failOn));
  if (severe.length === 0) return;
  const words = severe.length === 1 ? '1 recommendation is' : `${severe.length} recommendations are`;
  throw new Failure('conflict', `${words} of severity ${failOn} or more`);
}

function typeOf(text: string): z.infer<typeof RecommendationType> {
  const type = RecommendationType.safeParse(text.toUpperCase().replaceAll('-', '_'));
  if (type.success) return type.data;
  throw new UsageError(`--type takes one of ${RecommendationType.options.join(', ')}`);
}

/** The most severe comes first. */
function weightOf(severity: z.infer<typeof Severity>): number {
  return Severity.options.indexOf(severity);
}
