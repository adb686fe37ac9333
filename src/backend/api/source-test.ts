import type * as z from 'zod';
import type { SourceTestInput, SourceTestResult } from '../../contract/schemas/sources.ts';
import type { SourceCheck } from '../../core/ports/cluster-source.ts';
import { Failure } from '../../model/failure.ts';
import type { IntensityRecord } from '../../model/grid.ts';
import { signalOr } from '../changes/wait-for.ts';
import { openBoavizta } from '../coefficients/open-boavizta.ts';
import { asFailure } from '../failures.ts';
import { ELECTRICITY_MAPS, FEED_NAMES, type FeedId, GB_CARBON_INTENSITY } from '../grid/grid-feeds.ts';
import { toIso } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { checkedKey, checkedUrl } from './sources.ts';

type Input = z.infer<typeof SourceTestInput>;
type Result = z.infer<typeof SourceTestResult>;

/** A type that every Boavizta has known for years. */
const KNOWN_TYPE = { provider: 'aws', instanceType: 'm5.large' } as const;
/** Asked for where no zone is in use yet. */
const SAMPLE_ZONE = 'DE';

/** One cheap request to a source, and what came of it in words. A source that fails is an answer, not an error. */
export async function testSource(input: Input, deps: ApiDeps, signal: AbortSignal | undefined): Promise<Result> {
  const { timers, sourceChoices } = deps;
  if (sourceChoices.value.offline && input.source !== 'opencost') {
    return failed(new Failure('unreachable', 'Podwatt is set to work offline: nothing was asked.', OFFLINE));
  }
  const startedAt = timers.nowMilliseconds();
  try {
    const found = await ask(input, deps, AbortSignal.any([signalOr(signal), deps.stopping]));
    const latency = Math.max(0, timers.nowMilliseconds() - startedAt);
    return { ok: found.ok, message: found.message, hint: found.hint, latency_ms: latency };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === 'unexpected' || failure.code === 'cancelled') throw failure;
    return failed(failure);
  }
}

type Found = Pick<Result, 'ok' | 'message' | 'hint'>;

function ask(input: Input, deps: ApiDeps, signal: AbortSignal): Promise<Found> {
  switch (input.source) {
    case ELECTRICITY_MAPS:
      return askElectricityMaps(input, deps, signal);
    case GB_CARBON_INTENSITY:
      return askFeed(GB_CARBON_INTENSITY, 'GB', null, deps, signal);
    case 'boavizta':
      return askBoavizta(input, deps, signal);
    case 'opencost':
      return askOpenCost(input, deps, signal);
  }
}

async function askElectricityMaps(input: Input, deps: ApiDeps, signal: AbortSignal): Promise<Found> {
  const { sourceChoices: choices, liveGrid: live } = deps;
  const key = input.key === undefined ? choices.value.electricityMapsKey : checkedKey(input.key);
  if (key === null) {
    throw new Failure('bad-input', 'There is no key to test.', {
      hint: 'Enter the key that Electricity Maps gave you.',
    });
  }
  const zone = (await live.zonesInUse()).find((each) => each !== 'WORLD') ?? SAMPLE_ZONE;
  const pausedUntil = live.limits.feedPausedUntil(ELECTRICITY_MAPS);
  if (key === choices.value.electricityMapsKey && pausedUntil !== null && live.desk.isAskedToWait(ELECTRICITY_MAPS)) {
    throw new Failure('unreachable', `Electricity Maps takes no requests with this key until ${toIso(pausedUntil)}.`, {
      hint: 'Stored and yearly values serve meanwhile. A larger plan raises the limit.',
    });
  }
  return askFeed(ELECTRICITY_MAPS, zone, key, deps, signal);
}

async function askFeed(
  id: FeedId,
  zone: string,
  key: string | null,
  deps: ApiDeps,
  signal: AbortSignal,
): Promise<Found> {
  const { feeds, sourceChoices: choices } = deps;
  const factorType = id === GB_CARBON_INTENSITY ? 'direct' : choices.value.factorType;
  const newest = (await (await feeds.feed(id, key)).latest(zone, factorType, signal)).at(-1);
  if (newest === undefined) {
    const hint = 'The key may not cover this zone, or the zone is not written as the publisher writes it.';
    return { ok: false, message: `${FEED_NAMES[id]} answers, but has no value for ${zone}.`, hint };
  }
  return { ok: true, message: wordsOf(id, newest), hint: null };
}

function wordsOf(id: FeedId, { zone, gramsPerKwh, startSeconds, factorType }: IntensityRecord): string {
  const value = `${Math.round(gramsPerKwh)} g CO2e/kWh (${factorType} factors)`;
  return `${FEED_NAMES[id]} answers: ${zone} had ${value} in the hour from ${toIso(startSeconds)}.`;
}

async function askBoavizta(input: Input, deps: ApiDeps, signal: AbortSignal): Promise<Found> {
  const url = input.url === undefined ? deps.sourceChoices.value.boaviztaUrl : checkedUrl(input.url);
  if (url === null) {
    throw new Failure('bad-input', 'There is no address to test.', { hint: 'Enter the address of a Boavizta API.' });
  }
  const service = await openBoavizta(url, deps.env, () => deps.sourceChoices.value.offline);
  try {
    const impact = await service.instance(KNOWN_TYPE.provider, KNOWN_TYPE.instanceType, signal);
    if (impact === null) {
      const message = `Boavizta answers, but does not know ${KNOWN_TYPE.instanceType}.`;
      return { ok: false, message, hint: 'Its data may be very old. The bundled table is used for such types.' };
    }
    const message = `Boavizta answers: ${Math.round(impact.kilograms)} kg CO2e embodied in an ${KNOWN_TYPE.instanceType}.`;
    return { ok: true, message, hint: impact.warnings[0] ?? null };
  } finally {
    await service.close();
  }
}

/** By the connection of a context: where OpenCost is may be known to its cluster only. */
async function askOpenCost(input: Input, deps: ApiDeps, signal: AbortSignal): Promise<Found> {
  if (input.context === undefined) throw new Failure('bad-input', 'context says which cluster OpenCost is of');
  const { connect } = await deps.choicesOf(input.context);
  const openCost = input.url === undefined ? connect.openCost : { url: checkedUrl(input.url), isOff: false };
  const connection = await deps.directory.connect(input.context, { ...connect, openCost });
  try {
    let last: SourceCheck | null = null;
    for await (const step of connection.check(signal))
      if (step.source === 'cost' || step.state === 'failed') last = step;
    if (last === null) return { ok: false, message: 'OpenCost was not found in this cluster.', hint: null };
    return { ok: last.source === 'cost' && last.state === 'passed', message: last.detail, hint: last.hint };
  } finally {
    await connection.close().catch(() => undefined);
  }
}

function failed({ message, hint }: Failure): Result {
  return { ok: false, message, hint, latency_ms: null };
}

const OFFLINE = { hint: 'Switch offline mode off in the settings.' };
