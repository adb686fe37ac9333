import type {
  CheckedSource,
  CoefficientWords,
  ConnectionSource,
  SourceCheck,
  StepWords,
} from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import { TABLE_WORDS } from '../coefficients/coefficient-words.ts';
import { asFailure } from '../failures.ts';
import { energyStep, kubernetesStep, step, usageStep, withoutPrometheusStep } from './check-steps.ts';
import type { FoundMetrics } from './metrics-source.ts';
import { lateKubernetes } from './reach.ts';
import type { ProbedRung } from './sampling/probe-rung.ts';
import { within } from './within.ts';

export interface CheckDeps {
  readonly contextName: string;
  readonly signal: AbortSignal;
  identify(signal: AbortSignal): Promise<ClusterIdentity>;
  readInventory(signal: AbortSignal): Promise<Inventory>;
  findMetrics(inventory: Inventory, signal: AbortSignal): Promise<FoundMetrics>;
  probeRung(inventory: Inventory, signal: AbortSignal): Promise<ProbedRung>;
  /** Asks OpenCost for an hour. */
  tryCosts(inventory: Inventory, signal: AbortSignal): Promise<ConnectionSource>;
  /** Null: nobody knows more than that the bundled tables are there. */
  coefficientWords(signal: AbortSignal): Promise<CoefficientWords | null>;
}

/** A person waits for the whole of it: the sign-in, the API server and the search for Prometheus share this time. */
const WHOLE_MILLISECONDS = 14_000;
const KUBERNETES_MILLISECONDS = 11_000;
/** What is asked beside the search for Prometheus. */
const ASIDE_MILLISECONDS = 8_000;

/** Kubernetes first, then usage and what depends on it, then what comes from tables; slow ones as `running` before. */
export async function* checkSources(deps: CheckDeps): AsyncGenerator<SourceCheck, void> {
  const started = performance.now();
  yield step('kubernetes', { state: 'running', detail: 'Asking the API server', hint: null });
  const reached = await timed('kubernetes', async () => {
    const ask = async (signal: AbortSignal) => ({
      identity: await deps.identify(signal),
      inventory: await deps.readInventory(signal),
    });
    const late = () => lateKubernetes(deps.contextName, KUBERNETES_MILLISECONDS);
    const { identity, inventory } = await within(KUBERNETES_MILLISECONDS, deps.signal, ask, late);
    return { words: kubernetesStep(identity, inventory), value: inventory };
  });
  yield reached.step;
  const inventory = reached.value;
  const left = WHOLE_MILLISECONDS - (performance.now() - started);
  const words = aside(deps, left, (signal) => deps.coefficientWords(signal), null);
  let cost: Promise<ConnectionSource | null> = Promise.resolve(null);
  if (inventory === null) {
    for (const source of ['usage', 'energy'] as const) yield notTried(source);
  } else {
    yield step('usage', { state: 'running', detail: 'Looking for Prometheus', hint: null });
    const rung = aside(deps, left, (signal) => deps.probeRung(inventory, signal), NO_RUNG);
    cost = aside(deps, left, (signal) => deps.tryCosts(inventory, signal), null);
    const find = (signal: AbortSignal) => deps.findMetrics(inventory, signal);
    const usage = await timed('usage', async () => {
      const found = await within(left, deps.signal, find, () => lateUsage(left));
      return { words: usageStep(found), value: found };
    });
    const { failure } = usage.step;
    const isLost = failure === null || failure.code === 'cancelled';
    yield isLost ? usage.step : { ...usage.step, ...withoutPrometheusStep(failure, await rung) };
    yield step('energy', energyStep(usage.value));
  }
  const { grid, hardware } = (await words) ?? TABLE_WORDS;
  yield step('grid', grid);
  yield step('hardware', hardware);
  yield inventory === null ? notTried('cost') : step('cost', costWords(await cost));
}

const NO_RUNG: ProbedRung = { standing: 'requests', failure: null };

/** Beside the main questions: what fails or is late leaves the fallback, and nothing waits for it but its own step. */
function aside<T>(
  deps: CheckDeps,
  leftMilliseconds: number,
  ask: (signal: AbortSignal) => Promise<T>,
  fallback: T,
): Promise<T> {
  const limit = Math.max(1, Math.min(ASIDE_MILLISECONDS, leftMilliseconds));
  return within(limit, deps.signal, ask, () => new Failure('timeout', 'Too slow')).catch(() => fallback);
}

function costWords(state: ConnectionSource | null): StepWords {
  const prices = { detail: 'Unit prices from the settings', hint: null };
  if (state === null) return { ...prices, state: 'passed', hint: 'OpenCost did not answer in time.' };
  const { message, hint } = state;
  switch (state.state) {
    case 'working':
      return { state: 'passed', detail: `Cost of pods from OpenCost (${message ?? ''})`, hint: null };
    case 'failed':
      return { state: 'partial', detail: `${message ?? 'OpenCost failed.'} Unit prices are used meanwhile.`, hint };
    case 'waiting':
    case 'not-set-up':
      return { ...prices, state: 'passed', hint };
  }
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

async function timed<T>(source: CheckedSource, work: () => Promise<{ words: StepWords; value: T }>): Promise<Timed<T>> {
  const started = performance.now();
  const latency = () => Math.round(performance.now() - started);
  try {
    const { words, value } = await work();
    return { step: { ...step(source, words), latencyMilliseconds: latency() }, value };
  } catch (error) {
    const failure = asFailure(error);
    const { message: detail, hint } = failure;
    const failed = { ...step(source, { state: 'failed', detail, hint }), failure };
    return { step: { ...failed, latencyMilliseconds: latency() }, value: null };
  }
}

function notTried(source: CheckedSource): SourceCheck {
  return step(source, { state: 'not-tried', detail: 'Needs the Kubernetes API first', hint: null });
}
