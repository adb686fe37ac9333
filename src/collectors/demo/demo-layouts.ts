import type { Clock } from '../../core/ports/clock.ts';
import type { LayoutSource } from '../../core/ports/layout-source.ts';
import { SAMPLE_IDENTITY } from './identity.ts';
import { layoutOf } from './layout.ts';
import type { SampleCluster } from './sample-cluster.ts';
import type { Workload } from './tables.ts';

export interface OpenedSample {
  readonly cluster: SampleCluster;
  readonly workloads: readonly Workload[];
}

/**
 * Layouts of the sample. Asked for the first time it opens the tables, answers null, and tells of a change as soon as
 * they are there. Its specs never change.
 */
export function createDemoLayouts(open: () => Promise<OpenedSample>, clock: Clock): LayoutSource {
  const listeners = new Set<(clusterId: string) => void>();
  let opened: OpenedSample | null = null;
  let opening = false;
  const openOnce = async () => {
    if (opening) return;
    opening = true;
    try {
      opened = await open();
      for (const listener of [...listeners]) listener(SAMPLE_IDENTITY.id);
    } catch {
      // Whoever reads the sample itself is told why; the next question tries again.
      opening = false;
    }
  };
  return {
    layout: (clusterId) => {
      if (clusterId !== SAMPLE_IDENTITY.id) return null;
      if (opened === null) {
        void openOnce();
        return null;
      }
      return layoutOf(opened.cluster, opened.workloads, clock.nowSeconds());
    },
    onSpecChange: (listener) => {
      const mine = (clusterId: string) => listener(clusterId);
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
  };
}
