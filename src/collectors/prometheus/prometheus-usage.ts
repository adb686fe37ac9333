import type { Clock } from '../../core/ports/clock.ts';
import type { PrometheusSettings } from '../../core/ports/cluster-source.ts';
import type { Transport } from '../../core/ports/transport.ts';
import { type Failure, isFailure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Window } from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import { findContainers } from './container-form.ts';
import { findEnergySeries } from './energy-series.ts';
import { createSelect, parseExtraMatchers } from './matchers.ts';
import { metersOfWindow } from './meters.ts';
import { nodesOfWindow } from './node-usage.ts';
import { noticesOfPiece } from './notices.ts';
import { nextPiece, windowsPerPiece } from './pieces.ts';
import { podsOfWindow } from './pod-usage.ts';
import { type PrometheusProbe, probePrometheus } from './probe.ts';
import { createQueryClient, isWorthHalving, type QueryClient } from './query-client.ts';
import type { ReadContext } from './read-context.ts';
import { type PieceAnswers, readPiece } from './read-piece.ts';

export interface PrometheusOptions {
  readonly transport: Transport;
  readonly extraMatchers: PrometheusSettings['extraMatchers'];
  readonly tenantHeader: PrometheusSettings['tenantHeader'];
  readonly clock: Clock;
  /** Values that one answer may hold; the windows of one set of queries are as many as fit. */
  readonly maxSamplesPerQuery?: number;
}

export interface PrometheusUsage {
  /** Throws `Failure` where no working query API answers; costs the server nothing, so that it may be asked briefly. */
  greet(signal: AbortSignal): Promise<void>;
  /** Asks a few small questions. Throws `Failure` if there is no working query API. */
  probe(signal: AbortSignal): Promise<PrometheusProbe>;
  /**
   * One reading a window, in order. Queries run piece by piece, and the next piece only after its predecessor's
   * readings were taken; a piece that is too large for the server is halved and asked for again.
   */
  readUsage(windows: readonly Window[], inventory: Inventory, signal: AbortSignal): AsyncIterable<UsageReading>;
}

/** An answer of that many is some 4 MB of text, and some 20 MB of objects until it is read. */
const MAX_SAMPLES_PER_QUERY = 36_000;
const DAY_SECONDS = 86_400;
const GREETING_MILLISECONDS = 3_000;
/** Few on purpose: rather too many pods are expected than too few. */
const CONTAINERS_PER_POD = 1.5;

/** @throws Failure `bad-input` where the additional matchers are not valid */
export function createPrometheusUsage(options: PrometheusOptions): PrometheusUsage {
  const { transport, tenantHeader, clock } = options;
  const headers = tenantHeader === null ? {} : { [tenantHeader.name]: tenantHeader.value };
  const client = createQueryClient({ transport, headers });
  const select = createSelect(parseExtraMatchers(options.extraMatchers));
  const maxSamples = options.maxSamplesPerQuery ?? MAX_SAMPLES_PER_QUERY;

  return {
    greet: (signal) => client.greet(signal),
    probe: (signal) => probePrometheus({ client, select, clock, signal }),
    async *readUsage(windows, inventory, signal) {
      const context: ReadContext = { client, select, clock, inventory, signal };
      let most = Number.POSITIVE_INFINITY;
      for (let index = 0; index < windows.length; ) {
        signal.throwIfAborted();
        const windowSeconds = windows[index]?.durationSeconds ?? 1;
        const day = nextPiece(windows, index, Math.min(most, Math.max(1, DAY_SECONDS / windowSeconds)));
        const { form, count } = await findContainers(context, day);
        const there = await findEnergySeries(context, day);
        const podCount = Math.max(inventory.pods.length, count / CONTAINERS_PER_POD, there.claimCount);
        const load = { podCount, nodeCount: inventory.nodes.length, maxSamples };
        const piece = day.slice(0, windowsPerPiece(windowSeconds, load));
        let answers: PieceAnswers;
        try {
          answers = await readPiece(context, piece, form, there);
        } catch (error) {
          if (piece.length === 1 || !isWorthHalving(error) || signal.aborted) throw error;
          if (isFailure(error) && error.code === 'timeout') await stillAnswers(client, error, signal);
          most = Math.ceil(piece.length / 2);
          continue;
        }
        index += piece.length;
        const notices = noticesOfPiece(answers, client.takeWarnings());
        for (const window of piece) {
          const meters = metersOfWindow(answers, window, inventory);
          const { nodes, coveredSeconds } = nodesOfWindow(answers, window, inventory, meters);
          const pods = podsOfWindow(answers, window, inventory, meters);
          const volumes = answers.energy.volumes?.(window);
          yield { window, coveredSeconds, nodes, pods, notices, ...(volumes === undefined ? {} : { volumes }) };
        }
      }
    },
  };
}

/** A server that fell silent is given up with what it failed at: smaller queries would only be waited for one by one. */
async function stillAnswers(client: QueryClient, late: Failure, signal: AbortSignal): Promise<void> {
  try {
    await client.greet(AbortSignal.any([signal, AbortSignal.timeout(GREETING_MILLISECONDS)]));
  } catch {
    throw late;
  }
}
