import type { Clock } from '../../core/ports/clock.ts';
import type { ContextSource } from '../../core/ports/cluster-source.ts';
import { Failure } from '../../model/failure.ts';
import { floorTo } from '../../model/time.ts';
import { DAY_SECONDS } from './calendar.ts';
import { createDemoConnection } from './connection.ts';
import { createDemoLayouts, type OpenedSample } from './demo-layouts.ts';
import { SAMPLE_CONTEXT, SAMPLE_DESCRIPTION } from './identity.ts';
import { createSampleCluster } from './sample-cluster.ts';
import { loadDemoTables } from './tables.ts';

export { SAMPLE_CONTEXT } from './identity.ts';

/**
 * A made-up cluster with history, read like any other one: for a first look and for demonstrations. `dataDir` holds the
 * bundled tables. Its past is counted from the day on which it was made.
 */
export function createDemoSource(options: { readonly clock: Clock; readonly dataDir: string }): ContextSource {
  const dayStart = floorTo(options.clock.nowSeconds(), DAY_SECONDS);
  let opened: Promise<OpenedSample> | null = null;
  const openSample = (): Promise<OpenedSample> => {
    opened ??= loadDemoTables(options.dataDir).then(
      (tables) => ({ cluster: createSampleCluster(tables, dayStart), workloads: tables.workloads }),
      (error: unknown) => {
        opened = null;
        throw error;
      },
    );
    return opened;
  };
  return {
    hasFeed: true,
    layouts: createDemoLayouts(openSample, options.clock),
    list: async () => ({ files: [], contexts: [SAMPLE_DESCRIPTION] }),
    watch: () => () => undefined,
    connect: async (contextName) => {
      if (contextName === SAMPLE_CONTEXT) return createDemoConnection(openSample, options.clock);
      throw new Failure('not-found', `There is no sample context called ${contextName}.`, {
        hint: `The only sample context is ${SAMPLE_CONTEXT}.`,
      });
    },
  };
}
