import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { RestateCause } from '../../model/audit.ts';
import type { ClusterDeps } from '../clusters/session-deps.ts';
import { asFailure } from '../failures.ts';
import type { NodeLabels } from './place-coefficients.ts';

/**
 * Labels of the nodes that there are now, where the grid zone of the past is to be found anew and may hang on them. Null
 * where it needn't, or the cluster can't be reached: nodes stay in their zones then.
 */
export async function nodeLabels(
  contextName: string,
  cause: RestateCause,
  sources: CoefficientSources,
  deps: Pick<ClusterDeps, 'choicesOf' | 'directory' | 'log'>,
  signal: AbortSignal,
): Promise<NodeLabels> {
  const mayMove = cause === 'zone' || cause === 'person';
  if (!mayMove || (sources.labels ?? []).length === 0) return null;
  try {
    const { connect } = await deps.choicesOf(contextName);
    const connection = await deps.directory.connect(contextName, connect);
    try {
      const { nodes } = await connection.readInventory(signal);
      return new Map(nodes.map(({ name, labels }) => [name, labels]));
    } finally {
      await connection.close().catch(() => undefined);
    }
  } catch (error) {
    const { code, message } = asFailure(error);
    deps.log.warn({ context: contextName, code }, `Nodes keep their grid zones of the past: ${message}`);
    return null;
  }
}
