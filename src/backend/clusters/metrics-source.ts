import type { PrometheusProbe } from '../../collectors/prometheus/probe.ts';
import type { PrometheusUsage } from '../../collectors/prometheus/prometheus-usage.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PrometheusSettings } from '../../core/ports/cluster-source.ts';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';
import type { Notice, ServiceDescription } from '../../model/inventory.ts';
import { asFailure } from '../failures.ts';
import { withPrefix } from './with-prefix.ts';
import { within } from './within.ts';

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
/** Until an address has answered the cheapest question, all candidates together. */
const GREETING_MILLISECONDS = 9_000;
/** A candidate gets its share of the time that is left, and no less than this. */
const LEAST_GREETING_MILLISECONDS = 3_000;

export interface ServiceAddress {
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

/** What the API server told of its Services; the reason where it did not. */
export interface ServiceListing {
  readonly services: readonly ServiceDescription[];
  readonly refused: Notice | null;
}

/**
 * The metrics of a cluster: the address that a person gave, else the first Service that looks like Prometheus and
 * answers. Throws `not-found` where no Service looks so, else what went wrong with the likeliest one.
 */
export async function findMetrics(
  listing: ServiceListing,
  deps: MetricsDeps,
  signal: AbortSignal,
): Promise<FoundMetrics> {
  return deps.settings.url === null ? discover(listing, deps, signal) : atAddress(deps.settings.url, deps, signal);
}

async function atAddress(url: string, deps: MetricsDeps, signal: AbortSignal): Promise<FoundMetrics> {
  const { createUrlTransport } = await import('../../net/url-transport.ts');
  const { auth, certificateAuthority } = deps.settings;
  const transport = createUrlTransport({ url, auth, certificateAuthority, proxyFromEnv: deps.env });
  try {
    return { ...(await probed(transport, deps, signal, GREETING_MILLISECONDS)), close: () => transport.close() };
  } catch (error) {
    await transport.close().catch(() => undefined);
    throw error;
  }
}

async function discover(listing: ServiceListing, deps: MetricsDeps, signal: AbortSignal): Promise<FoundMetrics> {
  const { rankPrometheusServices } = await import('../../collectors/discovery/rank-prometheus.ts');
  const candidates = rankPrometheusServices(listing.services).slice(0, MOST_CANDIDATES);
  const refusals: Refusal[] = [];
  const started = performance.now();
  for (const [index, candidate] of candidates.entries()) {
    const left = Math.max(1, GREETING_MILLISECONDS - (performance.now() - started));
    const share = Math.min(left, Math.max(LEAST_GREETING_MILLISECONDS, left / (candidates.length - index)));
    const transport = withPrefix(deps.serviceTransport(candidate), candidate.pathPrefix);
    try {
      return { ...(await probed(transport, deps, signal, share)), close: async () => undefined };
    } catch (error) {
      const failure = asFailure(error);
      if (ENDS_SEARCH.has(failure.code)) throw failure;
      refusals.push({ name: `${candidate.namespace}/${candidate.name}`, failure });
    }
  }
  throw noneAnswered(refusals, listing.refused);
}

interface Refusal {
  readonly name: string;
  readonly failure: Failure;
}

/** What has nothing to do with the Service that was tried: the others would end in the same way. */
const ENDS_SEARCH: ReadonlySet<Failure['code']> = new Set(['cancelled', 'bad-input', 'exec-plugin', 'tls']);

/** The likeliest Service's own words, with its own way out; "not found" only where nothing looked like Prometheus. */
function noneAnswered(refusals: readonly Refusal[], refused: Notice | null): Failure {
  const [told] = refusals.filter(({ failure }) => failure.code !== 'not-found').concat(refusals);
  if (told === undefined) return refused === null ? notFound() : notListed(refused);
  const { name, failure } = told;
  const others = refusals.filter((each) => each.name !== name).map((each) => each.name);
  if (others.length === 0) return failure;
  const message = `${failure.message.replace(/\.$/, '')}. Other Services that look like Prometheus did not answer either: ${others.join(', ')}.`;
  return new Failure(failure.code, message, failure.hint === null ? {} : { hint: failure.hint });
}

function notFound(): Failure {
  return new Failure('not-found', 'No Prometheus was found among the Services of the cluster', {
    hint: 'Install Prometheus in the cluster (kube-prometheus-stack does), or give its address in the settings of this context.',
  });
}

function notListed({ message, hint }: Notice): Failure {
  const address = 'Or give the address of Prometheus in the settings of this context.';
  return new Failure('forbidden', message, { hint: hint === null ? address : `${hint} ${address}` });
}

async function probed(
  transport: Transport,
  deps: MetricsDeps,
  signal: AbortSignal,
  greetingMilliseconds: number,
): Promise<Omit<FoundMetrics, 'close'>> {
  const { createPrometheusUsage } = await import('../../collectors/prometheus/prometheus-usage.ts');
  const { extraMatchers, tenantHeader } = deps.settings;
  const usage = createPrometheusUsage({ transport, extraMatchers, tenantHeader, clock: deps.clock });
  const { description } = transport;
  await within(
    greetingMilliseconds,
    signal,
    (until) => usage.greet(until),
    () => silent(description, greetingMilliseconds),
  );
  return { usage, probe: await usage.probe(signal), description };
}

function silent(where: string, milliseconds: number): Failure {
  return new Failure('timeout', `Prometheus (${where}) did not answer within ${Math.round(milliseconds / 1000)} s`, {
    hint: 'Check that its pod runs and is not overloaded, and that no network policy is in between; it is tried again later.',
  });
}
