import type { Clock } from '../../core/ports/clock.ts';
import type { ContextSource } from '../../core/ports/cluster-source.ts';

/** Name of the sample cluster's context. */
export { SAMPLE_CONTEXT } from '../../collectors/demo/demo-source.ts';

/** The sample cluster, for hosts that may not know collectors. `dataDir` holds the bundled tables. */
export async function createSampleSource(options: { clock: Clock; dataDir: string }): Promise<ContextSource> {
  const { createDemoSource } = await import('../../collectors/demo/demo-source.ts');
  return createDemoSource(options);
}
