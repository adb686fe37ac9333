import type { PrometheusProbe } from '../../collectors/prometheus/probe.ts';
import type { PrometheusUsage } from '../../collectors/prometheus/prometheus-usage.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PrometheusSettings } from '../../core/ports/cluster-source.ts';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';
import type { ServiceDescription } from '../../model/inventory.ts';
import { asFailure } from '../failures.ts';

/** A Prometheus that answered. */
export interface FoundMetrics {
  readonly usage: PrometheusUsage;
  readonly probe: PrometheusProbe;
  /** For people: where it is. */
  readonly description: string;
  close(): Promise<void>;
}

/** Services that are tried before discovery gives up; popular set-ups have at most three. */
const MOST_CANDIDATES = 6;

interface ServiceAddress {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
}

export interface MetricsDeps {
  readonly clock: Clock;
  readonly settings: PrometheusSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly serviceTransport: (service: ServiceAddress) => Transport;
}

/**
 * The metrics of a cluster: the address that a person gave, else the first Service that looks like Prometheus and
 * answers. Throws `not-found` where no Service does, and what went wrong where an address was given.
 */
export async function findMetrics(
  services: readonly ServiceDescription[],
  deps: MetricsDeps,
  signal: AbortSignal,
): Promise<FoundMetrics> {
  return deps.settings.url === null ? discover(services, deps, signal) : atAddress(deps.settings.url, deps, signal);
}

async function atAddress(url: string, deps: MetricsDeps, signal: AbortSignal): Promise<FoundMetrics> {
  const { createUrlTransport } = await import('../../net/url-transport.ts');
  const { auth, certificateAuthority } = deps.settings;
  const transport = createUrlTransport({ url, auth, certificateAuthority, proxyFromEnv: deps.env });
  try {
    return { ...(await probed(transport, deps, signal)), close: () => transport.close() };
  } catch (error) {
    await transport.close().catch(() => undefined);
    throw error;
  }
}

async function discover(
  services: readonly ServiceDescription[],
  deps: MetricsDeps,
  signal: AbortSignal,
): Promise<FoundMetrics> {
  const { rankPrometheusServices } = await import('../../collectors/discovery/rank-prometheus.ts');
  const candidates = rankPrometheusServices(services).slice(0, MOST_CANDIDATES);
  const failures: string[] = [];
  for (const candidate of candidates) {
    const transport = withPrefix(deps.serviceTransport(candidate), candidate.pathPrefix);
    try {
      return { ...(await probed(transport, deps, signal)), close: async () => undefined };
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'cancelled' || failure.code === 'bad-input') throw failure;
      failures.push(`${candidate.namespace}/${candidate.name}: ${failure.message}`);
      // What refuses us for one Service refuses us for all: its own words help more than "not found".
      if (failure.code === 'unauthenticated' || failure.code === 'forbidden') throw failure;
    }
  }
  throw notFound(failures);
}

function notFound(failures: readonly string[]): Failure {
  const hint =
    'Install Prometheus in the cluster (kube-prometheus-stack does), or give its address in the settings of this context.';
  if (failures.length === 0)
    return new Failure('not-found', 'No Prometheus was found among the Services of the cluster', { hint });
  return new Failure('not-found', `No Service that looks like Prometheus answered (${failures.join('; ')})`, { hint });
}

async function probed(
  transport: Transport,
  deps: MetricsDeps,
  signal: AbortSignal,
): Promise<Omit<FoundMetrics, 'close'>> {
  const { createPrometheusUsage } = await import('../../collectors/prometheus/prometheus-usage.ts');
  const { extraMatchers, tenantHeader } = deps.settings;
  const usage = createPrometheusUsage({ transport, extraMatchers, tenantHeader, clock: deps.clock });
  return { usage, probe: await usage.probe(signal), description: transport.description };
}

function withPrefix(transport: Transport, prefix: string): Transport {
  if (prefix === '') return transport;
  return {
    description: transport.description,
    send: (request) => transport.send({ ...request, path: `${prefix}${request.path}` }),
  };
}
