import type { EpochSeconds, Window } from '../../model/time.ts';
import type { Labels, Sample, Series } from './answer.ts';
import { counterGain } from './counter-use.ts';
import { HOLE_INTERVALS } from './coverage.ts';
import { containerOf, targetOf } from './labels.ts';
import { oneOf } from './matchers.ts';
import { type NodeTimes, rangeOf } from './node-times.ts';
import { type PodPlace, placeKey } from './pod-columns.ts';
import type { ReadContext } from './read-context.ts';
import { type ContainerForm, rawPodQueries } from './usage-queries.ts';

/** A pod whose containers begin or end near one window, from its raw samples. */
export interface EdgePod {
  readonly cpuSeconds: number;
  readonly firstSampleSeconds: EpochSeconds;
  readonly lastSampleSeconds: EpochSeconds;
  /** Every container has but one sample. */
  readonly isSingleSample: boolean;
  /** Its node was scraped shortly before its first sample, or after its last one. */
  readonly beginsHere: boolean;
  readonly endsHere: boolean;
}

/** How far beyond the window samples are read, on both sides. */
export const MARGIN_SECONDS = 300;
const PODS_PER_QUERY = 100;

export interface EdgeInput {
  readonly window: Window;
  readonly places: readonly PodPlace[];
  readonly form: ContainerForm;
  readonly times: NodeTimes;
  readonly placeOf: (labels: Labels) => PodPlace | null;
  readonly finishedAtSeconds: (place: PodPlace) => EpochSeconds | null;
}

/** Fetches the raw samples of the pods and does the arithmetic of `counterGain` on each container. */
export async function readEdgePods(context: ReadContext, input: EdgeInput): Promise<ReadonlyMap<string, EdgePod>> {
  const { client, select, clock, signal } = context;
  const { window, form } = input;
  const wanted = new Set(input.places.map(placeKey));
  const pods = [...new Set(input.places.map((place) => place.name))].sort();
  const range = rangeOf(window);
  const fromSeconds = range.startSeconds - MARGIN_SECONDS;
  const toSeconds = Math.max(range.endSeconds, Math.min(range.endSeconds + MARGIN_SECONDS, clock.nowSeconds()));

  const found = new Map<string, EdgePod>();
  for (let index = 0; index < pods.length; index += PODS_PER_QUERY) {
    const matcher = oneOf(form.podLabel, pods.slice(index, index + PODS_PER_QUERY));
    const queries = rawPodQueries(select, form, matcher, toSeconds - fromSeconds);
    const cpu = await client.instant(queries.cpu, toSeconds, signal);
    const starts = startTimes(await client.instant(queries.start, toSeconds, signal));
    const grouped = byPlaceAndTarget(cpu, input.placeOf, wanted);
    for (const [key, { place, targets }] of grouped) {
      const inReach = input.times.of(place.node).filter((time) => time >= fromSeconds && time <= toSeconds);
      const pod = largest([...targets.values()].map((series) => edgePod(series, starts, inReach, place, input)));
      if (pod !== null) found.set(key, pod);
    }
  }
  return found;
}

/** Of two targets that carry the same pod, the one that tells more. */
function largest(pods: readonly (EdgePod | null)[]): EdgePod | null {
  return pods.reduce(
    (best, pod) => (pod !== null && (best === null || pod.cpuSeconds > best.cpuSeconds) ? pod : best),
    null,
  );
}

function edgePod(
  series: readonly Series[],
  starts: ReadonlyMap<string, number>,
  nodeTimes: readonly number[],
  place: PodPlace,
  { window, times, finishedAtSeconds }: EdgeInput,
): EdgePod | null {
  const range = rangeOf(window);
  const interval = times.intervalSeconds;
  const inWindow = series.filter(({ samples }) => samples.some((sample) => isIn(sample, window)));
  if (inWindow.length === 0) return null;
  const firstOf = (samples: readonly Sample[]): number => samples[0]?.seconds ?? 0;
  const lastOf = (samples: readonly Sample[]): number => samples.at(-1)?.seconds ?? 0;
  const seenBefore = (seconds: number): boolean =>
    nodeTimes.some((time) => time < seconds - 0.4 * interval && time >= seconds - HOLE_INTERVALS * interval);
  const seenAfter = (seconds: number): boolean => nodeTimes.some((time) => time > seconds + 0.6 * interval);

  let cpuSeconds = 0;
  for (const { labels, samples } of series) {
    const last = lastOf(samples);
    const finished = finishedAtSeconds(place);
    const endedNear = finished !== null && finished >= last - interval && finished <= last + 2.5 * interval;
    cpuSeconds += counterGain(samples, range, {
      startedAtSeconds: starts.get(seriesKey(labels)) ?? null,
      endedAtSeconds: endedNear ? finished : null,
      scrapeIntervalSeconds: interval,
      targetSeenBefore: seenBefore(firstOf(samples)),
      targetSeenAfter: seenAfter(last),
    });
  }
  const firstSampleSeconds = Math.min(...series.map(({ samples }) => firstOf(samples)));
  const lastSampleSeconds = Math.max(...series.map(({ samples }) => lastOf(samples)));
  return {
    cpuSeconds,
    firstSampleSeconds,
    lastSampleSeconds,
    isSingleSample: series.every(({ samples }) => samples.length === 1),
    beginsHere: firstSampleSeconds >= range.startSeconds && seenBefore(firstSampleSeconds),
    endsHere: lastSampleSeconds <= range.endSeconds && seenAfter(lastSampleSeconds),
  };
}

function isIn(sample: Sample, window: Window): boolean {
  return sample.seconds >= window.startSeconds && sample.seconds <= window.startSeconds + window.durationSeconds;
}

function startTimes(series: readonly Series[]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (const { labels, samples } of series) {
    const value = samples.at(-1)?.value ?? 0;
    // 0 and the zero date of Go stand for unknown.
    if (value > 0) starts.set(seriesKey(labels), value);
  }
  return starts;
}

/** One run of one container: the cgroup (`id`) or runtime name tells runs apart where the labels are kept. */
function seriesKey(labels: Labels): string {
  return [labels.id ?? '', labels.name ?? '', containerOf(labels) ?? '', labels.pod ?? '', targetOf(labels)].join('\t');
}

function byPlaceAndTarget(
  series: readonly Series[],
  placeOf: (labels: Labels) => PodPlace | null,
  wanted: ReadonlySet<string>,
): Map<string, { readonly place: PodPlace; readonly targets: Map<string, Series[]> }> {
  const result = new Map<string, { readonly place: PodPlace; readonly targets: Map<string, Series[]> }>();
  for (const item of series) {
    const place = placeOf(item.labels);
    if (place === null || !wanted.has(placeKey(place))) continue;
    const entry = result.get(placeKey(place)) ?? { place, targets: new Map<string, Series[]>() };
    result.set(placeKey(place), entry);
    const target = targetOf(item.labels);
    const same = entry.targets.get(target);
    if (same === undefined) entry.targets.set(target, [item]);
    else same.push(item);
  }
  return result;
}
