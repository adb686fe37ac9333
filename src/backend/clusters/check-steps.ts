import type { CheckedSource, SourceCheck } from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import { KEPLER_HINT } from './connection-sources.ts';
import { refusedHint, withoutPrometheus } from './ladder-notices.ts';
import type { FoundMetrics } from './metrics-source.ts';
import type { ProbedRung } from './sampling/probe-rung.ts';

type Words = Pick<SourceCheck, 'state' | 'detail' | 'hint'>;

export function step(source: CheckedSource, words: Words): SourceCheck {
  return { source, ...words, latencyMilliseconds: null, failure: null };
}

export function kubernetesStep(identity: ClusterIdentity, inventory: Inventory): Words {
  const counts = `${inventory.nodes.length} nodes, ${inventory.pods.length} pods`;
  const version = identity.serverVersion === null ? '' : `, Kubernetes ${identity.serverVersion}`;
  const worst = inventory.notices.find((notice) => notice.severity !== 'info');
  if (worst !== undefined) return { state: 'partial', detail: worst.message, hint: worst.hint };
  return { state: 'passed', detail: `${counts}${version}`, hint: null };
}

export function usageStep({ probe, description }: FoundMetrics): Words {
  if (probe.hasCadvisor) return { state: 'passed', detail: description, hint: null };
  return {
    state: 'partial',
    detail: `${description} has no container metrics`,
    hint: 'Let Prometheus scrape the kubelets (cAdvisor): until then pods are read from their kubelets where those answer, else shown with their requests.',
  };
}

/** The cluster is read all the same, and no past with it. */
export function withoutPrometheusStep(failure: Failure, { standing, failure: refused }: ProbedRung): Words {
  const { message, hint } = withoutPrometheus(failure, standing);
  const wayOut = standing === 'requests' ? refusedHint(refused) : null;
  return { state: 'partial', detail: message, hint: [hint, wayOut].filter(Boolean).join(' ') || null };
}

export function energyStep(found: FoundMetrics | null): Words {
  const modelled = 'Modelled from CPU use and power curves';
  if (found === null) return { state: 'partial', detail: modelled, hint: 'Kepler is read through Prometheus.' };
  const { hasKepler, keplerVersion, hasGpuMetrics } = found.probe;
  const cards = hasGpuMetrics ? ' Graphics cards are measured.' : '';
  if (!hasKepler) return { state: 'partial', detail: `${modelled}.${cards}`, hint: KEPLER_HINT };
  const form = keplerVersion === 'legacy' ? 'Kepler 0.9 or older' : 'Kepler 0.10 or newer';
  const detail = `Measured by ${form} on the nodes where it runs, modelled on the others.${cards}`;
  return { state: 'passed', detail, hint: null };
}
