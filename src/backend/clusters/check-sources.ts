import type { CheckedSource, SourceCheck } from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Inventory } from '../../model/inventory.ts';
import { asFailure } from '../failures.ts';
import type { FoundMetrics } from './metrics-source.ts';

export interface CheckDeps {
  identify(): Promise<ClusterIdentity>;
  readInventory(): Promise<Inventory>;
  findMetrics(services: Inventory['services']): Promise<FoundMetrics>;
}

/** Kubernetes first, then usage, then what comes from tables; each as `running` before its end. */
export async function* checkSources(deps: CheckDeps): AsyncGenerator<SourceCheck, void> {
  const kubernetes = timed('kubernetes', async () => {
    const identity = await deps.identify();
    const inventory = await deps.readInventory();
    return { step: kubernetesStep(identity, inventory), value: inventory };
  });
  yield running('kubernetes', 'Asking the API server');
  const reached = await kubernetes();
  yield reached.step;
  const inventory = reached.value;
  if (inventory === null) {
    yield notTried('usage');
  } else {
    yield running('usage', 'Looking for Prometheus');
    yield (
      await timed('usage', async () => ({ step: usageStep(await deps.findMetrics(inventory.services)), value: true }))()
    ).step;
  }
  yield step('energy', 'partial', 'Modelled from CPU use and power curves', 'Measured energy is not read yet.');
  yield step('grid', 'passed', 'Yearly intensity of each zone from the bundled tables');
  yield step('hardware', 'passed', 'Power and embodied emissions from the bundled tables');
  yield step('cost', 'passed', 'Unit prices from the settings');
}

interface Timed<T> {
  readonly step: SourceCheck;
  readonly value: T | null;
}

function timed<T>(
  source: CheckedSource,
  work: () => Promise<{ step: SourceCheck; value: T }>,
): () => Promise<Timed<T>> {
  return async () => {
    const started = performance.now();
    const latency = () => Math.round(performance.now() - started);
    try {
      const { step: done, value } = await work();
      return { step: { ...done, latencyMilliseconds: latency() }, value };
    } catch (error) {
      const failure = asFailure(error);
      const failed = { ...step(source, 'failed', failure.message, failure.hint), failure };
      return { step: { ...failed, latencyMilliseconds: latency() }, value: null };
    }
  };
}

function kubernetesStep(identity: ClusterIdentity, inventory: Inventory): SourceCheck {
  const counts = `${inventory.nodes.length} nodes, ${inventory.pods.length} pods`;
  const version = identity.serverVersion === null ? '' : `, Kubernetes ${identity.serverVersion}`;
  const worst = inventory.notices.find((notice) => notice.severity !== 'info');
  if (worst !== undefined) return step('kubernetes', 'partial', worst.message, worst.hint);
  return step('kubernetes', 'passed', `${counts}${version}`);
}

function usageStep({ probe, description }: FoundMetrics): SourceCheck {
  if (probe.hasCadvisor) return step('usage', 'passed', description);
  return step(
    'usage',
    'partial',
    `${description} has no container metrics`,
    'Let Prometheus scrape the kubelets (cAdvisor): pods are shown with their requests until then.',
  );
}

function running(source: CheckedSource, detail: string): SourceCheck {
  return step(source, 'running', detail);
}

function notTried(source: CheckedSource): SourceCheck {
  return step(source, 'not-tried', 'Needs the Kubernetes API first');
}

function step(
  source: CheckedSource,
  state: SourceCheck['state'],
  detail: string,
  hint: string | null = null,
): SourceCheck {
  return { source, state, detail, hint, latencyMilliseconds: null, failure: null };
}
