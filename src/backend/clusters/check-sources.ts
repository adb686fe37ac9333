import type { CheckedSource, SourceCheck } from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import { asFailure } from '../failures.ts';
import type { FoundMetrics } from './metrics-source.ts';
import { lateKubernetes } from './reach.ts';
import { within } from './within.ts';

export interface CheckDeps {
  readonly contextName: string;
  readonly signal: AbortSignal;
  identify(signal: AbortSignal): Promise<ClusterIdentity>;
  readInventory(signal: AbortSignal): Promise<Inventory>;
  findMetrics(inventory: Inventory, signal: AbortSignal): Promise<FoundMetrics>;
}

/** A person waits for the whole of it: the sign-in, the API server and the search for Prometheus share this time. */
const WHOLE_MILLISECONDS = 13_000;
const KUBERNETES_MILLISECONDS = 11_000;

/** Kubernetes first, then usage, then what comes from tables; each as `running` before its end. */
export async function* checkSources(deps: CheckDeps): AsyncGenerator<SourceCheck, void> {
  const started = performance.now();
  const kubernetes = timed('kubernetes', async () => {
    const ask = async (signal: AbortSignal) => ({
      identity: await deps.identify(signal),
      inventory: await deps.readInventory(signal),
    });
    const late = () => lateKubernetes(deps.contextName, KUBERNETES_MILLISECONDS);
    const { identity, inventory } = await within(KUBERNETES_MILLISECONDS, deps.signal, ask, late);
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
    const left = WHOLE_MILLISECONDS - (performance.now() - started);
    const find = (signal: AbortSignal) => deps.findMetrics(inventory, signal);
    const usage = timed('usage', async () => {
      return { step: usageStep(await within(left, deps.signal, find, () => lateUsage(left))), value: true };
    });
    yield (await usage()).step;
  }
  yield step('energy', 'partial', 'Modelled from CPU use and power curves', 'Measured energy is not read yet.');
  yield step('grid', 'passed', 'Yearly intensity of each zone from the bundled tables');
  yield step('hardware', 'passed', 'Power and embodied emissions from the bundled tables');
  yield step('cost', 'passed', 'Unit prices from the settings');
}

function lateUsage(milliseconds: number): Failure {
  return new Failure('timeout', `The questions to Prometheus took longer than ${Math.round(milliseconds / 1000)} s`, {
    hint: 'It may be overloaded, or the way to the cluster is slow. Try again, or switch the context on: readings wait longer.',
  });
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
