import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import type { ClusterConnection, SourceCheck } from '../../core/ports/cluster-source.ts';
import { Failure } from '../../model/failure.ts';
import type { OpenedSample } from './demo-layouts.ts';
import { createDemoFeed } from './feed.ts';
import { SAMPLE_CONTEXT, SAMPLE_IDENTITY } from './identity.ts';
import { inventoryOf } from './inventory.ts';
import type { SampleCluster } from './sample-cluster.ts';

/** Readings between which other work of the thread gets its turn. */
const READINGS_A_TURN = 8;

/** A connection to the sample: the same calls as to a real cluster, answered from the tables. */
export function createDemoConnection(open: () => Promise<OpenedSample>, clock: Clock): ClusterConnection {
  const openCluster = async (): Promise<SampleCluster> => (await open()).cluster;
  return {
    contextName: SAMPLE_CONTEXT,
    identify: async (signal) => {
      stopIfCancelled(signal);
      return SAMPLE_IDENTITY;
    },
    readInventory: async (signal) => {
      stopIfCancelled(signal);
      return inventoryOf(await openCluster(), clock.nowSeconds());
    },
    async *readUsage(windows, _inventory, signal) {
      const cluster = await openCluster();
      for (const [index, window] of windows.entries()) {
        if (index % READINGS_A_TURN === 0) await setImmediate();
        stopIfCancelled(signal);
        yield cluster.read(window, clock.nowSeconds());
      }
    },
    // The sample has no OpenCost: unit prices are used.
    readCosts: async () => null,
    check: (signal) => checkSteps(openCluster, clock, signal),
    oldestUsageSeconds: async (signal) => {
      stopIfCancelled(signal);
      return (await openCluster()).oldestSeconds;
    },
    feed: () => createDemoFeed(open, clock),
    close: async () => undefined,
  };
}

async function* checkSteps(
  openCluster: () => Promise<SampleCluster>,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<SourceCheck> {
  yield step('kubernetes', 'running', 'Opening the sample data');
  stopIfCancelled(signal);
  const cluster = await openCluster();
  const { nodes, pods } = inventoryOf(cluster, clock.nowSeconds());
  yield step(
    'kubernetes',
    'passed',
    `Sample data: ${nodes.length} nodes and ${pods.length} pods; no cluster is connected`,
  );
  yield step('usage', 'passed', 'Sample data: usage is made up from bundled profiles');
  const metered = cluster.nodes.filter((node) => node.hasMeter).length;
  yield step('energy', 'passed', `Measured on ${metered} of ${nodes.length} nodes, modelled on the others`);
  yield step('cost', 'not-tried', 'The sample has no OpenCost; unit prices are used');
  yield step('grid', 'passed', 'Yearly means of the bundled tables');
  yield step('hardware', 'passed', 'Embodied emissions of the bundled tables');
}

function step(source: SourceCheck['source'], state: SourceCheck['state'], detail: string): SourceCheck {
  return { source, state, detail, hint: null, latencyMilliseconds: null, failure: null };
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure('cancelled', 'Reading the sample cluster was cancelled.');
}
