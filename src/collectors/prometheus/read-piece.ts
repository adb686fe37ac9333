import type { EpochSeconds, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { Series } from './answer.ts';
import { type EdgePod, MARGIN_SECONDS, readEdgePods } from './edge-pods.ts';
import type { EnergySeries } from './energy-series.ts';
import { podKey, targetOf } from './labels.ts';
import { createNodeNames, type NodeNames } from './node-names.ts';
import { intervalOfTargets, type NodeTimes, nodeTimes, timesOfAnyNode, withFallback } from './node-times.ts';
import { type PastNodes, pastNodes } from './past-nodes.ts';
import { type PastPods, pastPods, type StateAnswers } from './past-pods.ts';
import { TIMES_STEP_SECONDS } from './pieces.ts';
import { columnOf, type NodeOfPod, PlaceNumbers, type PodColumn, placeOf } from './pod-columns.ts';
import { endsOf, inParallel, type ReadContext } from './read-context.ts';
import { type EnergyAnswers, readEnergy } from './read-energy.ts';
import { stateQueries } from './state-queries.ts';
import {
  type ContainerForm,
  CPU_COUNTER,
  NODE_CPU_COUNTER,
  POD_COUNTERS,
  type PodCounter,
  type PodCounterName,
  sampleTimes,
  usageQueries,
} from './usage-queries.ts';

type NodeColumn = ReadonlyMap<EpochSeconds, ReadonlyMap<string, number>>;

/** CPU of nodes by instant and name: `increase()` in seconds at window ends, cores around window ends and starts. */
export interface NodeCpu {
  readonly increase: NodeColumn;
  readonly rate: NodeColumn;
}

/** All answers of one piece, ready to be put together window by window. */
export interface PieceAnswers {
  readonly names: NodeNames;
  readonly nodeOfPod: NodeOfPod;
  readonly pods: PastPods;
  readonly nodes: PastNodes;
  readonly usageTimes: NodeTimes;
  readonly nodeExporterTimes: NodeTimes;
  readonly nodeExporterCpu: NodeCpu;
  readonly rootCpu: NodeCpu;
  readonly cpu: PodColumn;
  readonly memory: PodColumn;
  readonly ephemeral: PodColumn;
  readonly counters: Readonly<Record<PodCounterName, PodColumn>>;
  readonly counterHeads: Readonly<Record<PodCounterName, PodColumn>> | null;
  readonly edges: ReadonlyMap<EpochSeconds, ReadonlyMap<string, EdgePod>>;
  /** Scrape targets with node CPU that lead to no known node. */
  readonly strangerCount: number;
  readonly energy: EnergyAnswers;
}

/**
 * Sends all queries of contiguous windows of one length. What an answer says is taken out of it as it arrives, and each
 * step is a function of its own, so that no answer is kept beyond its step.
 */
export async function readPiece(
  context: ReadContext,
  piece: readonly Window[],
  form: ContainerForm,
  there: EnergySeries,
): Promise<PieceAnswers> {
  const { client, select, signal } = context;
  const ends = endsOf(piece);
  const windowSeconds = ends.stepSeconds;
  const ask: Ask = (query) => client.range(query, ends, signal);
  const askTimes: Ask = (selector) => client.range(sampleTimes(selector), timeSteps(context, piece), signal);

  const state = await readState(context, piece, ask, askTimes);
  const { names, nodeOfPod, pods } = state;
  const numbers = new PlaceNumbers();
  const column = (series: readonly Series[]): PodColumn => columnOf(series, names, nodeOfPod, numbers);
  const nodeExporter = await readNodeExporterTimes(names, askTimes, select);
  const { cpu, usageTimes } = await readPodCpu(context, form, windowSeconds, { names, column, ask, askTimes });
  const queries = usageQueries(select, form, windowSeconds, usageTimes.intervalSeconds);

  const shiftSeconds = Math.ceil(usageTimes.intervalSeconds);
  const edgeSteps = {
    startSeconds: ends.startSeconds - windowSeconds + shiftSeconds,
    endSeconds: ends.endSeconds + shiftSeconds,
    stepSeconds: windowSeconds,
  };
  const askColumn = (query: string) => async () => column(await ask(query));
  const askNodes = (query: string) => async () => nodeColumn(await ask(query), names, 0);
  const askRates = (query: string) => async () =>
    nodeColumn(await client.range(query, edgeSteps, signal), names, shiftSeconds);
  const askCounters = (queryOf: (counter: PodCounter) => string) => ({
    networkReceive: askColumn(queryOf(POD_COUNTERS.networkReceive)),
    networkTransmit: askColumn(queryOf(POD_COUNTERS.networkTransmit)),
    diskRead: askColumn(queryOf(POD_COUNTERS.diskRead)),
    diskWrite: askColumn(queryOf(POD_COUNTERS.diskWrite)),
  });
  const figures = await inParallel({
    edges: askColumn(queries.edgePods()),
    memory: askColumn(queries.podMemoryBytes()),
    ephemeral: askColumn(queries.podEphemeralBytes()),
  });
  const nodeFigures = await inParallel({
    nodeExporterCpu: askNodes(queries.nodeCpuSeconds()),
    nodeExporterRate: askRates(queries.nodeCpuRate()),
    rootCpu: askNodes(queries.rootCpuSeconds()),
    rootRate: askRates(queries.rootCpuRate()),
  });
  const counters = await inParallel(askCounters(queries.podCounter));
  const edges = new Map<EpochSeconds, ReadonlyMap<string, EdgePod>>();
  for (const window of piece) {
    const endSeconds = windowEndSeconds(window);
    const places = figures.edges.places(endSeconds);
    if (places.length === 0) continue;
    const input = {
      window,
      places,
      form,
      times: usageTimes,
      placeOf: (labels: Series['labels']) => placeOf(labels, endSeconds, names, nodeOfPod),
      finishedAtSeconds: createFinishedAt(context, pods, endSeconds),
    };
    edges.set(endSeconds, await readEdgePods(context, input));
  }
  const energy = await readEnergy(
    {
      names,
      nodeOfPod,
      select,
      windowSeconds,
      inventory: context.inventory,
      edgePods: podsAtEdges(piece, figures.edges, pods),
      ask,
      askTimes: (query) => client.range(query, timeSteps(context, piece), signal),
    },
    there,
  );
  return {
    ...state,
    usageTimes,
    nodeExporterTimes: nodeExporter.times,
    nodeExporterCpu: { increase: nodeFigures.nodeExporterCpu, rate: nodeFigures.nodeExporterRate },
    rootCpu: { increase: nodeFigures.rootCpu, rate: nodeFigures.rootRate },
    cpu,
    memory: figures.memory,
    ephemeral: figures.ephemeral,
    counters,
    counterHeads: edges.size === 0 ? null : await inParallel(askCounters(queries.podCounterHead)),
    edges,
    strangerCount: nodeExporter.strangerCount,
    energy,
  };
}

/** Names of pods that cAdvisor or kube-state-metrics saw begin or end in one of the windows. */
function podsAtEdges(piece: readonly Window[], edges: PodColumn, pods: PastPods): readonly string[] {
  const names = new Set<string>();
  for (const window of piece) {
    const end = windowEndSeconds(window);
    for (const { name } of edges.places(end)) names.add(name);
    for (const past of pods.get(end)?.values() ?? []) {
      if (past.some((pod) => pod.gone || (pod.sinceSeconds ?? 0) >= window.startSeconds))
        names.add(past[0]?.name ?? '');
    }
  }
  return [...names].sort();
}

type Ask = (query: string) => Promise<readonly Series[]>;

/** What kube-state-metrics says of pods and nodes. */
async function readState(
  context: ReadContext,
  piece: readonly Window[],
  ask: Ask,
  askTimes: Ask,
): Promise<Pick<PieceAnswers, 'names' | 'pods' | 'nodes' | 'nodeOfPod'>> {
  const { select, inventory } = context;
  const stateInterval = intervalOfTargets(await askTimes(select('kube_node_info'))) ?? 60;
  const queries = stateQueries(select, endsOf(piece).stepSeconds, stateInterval);
  const tasks = Object.fromEntries(
    Object.entries<string>({ ...queries }).map(([key, query]) => [key, () => ask(query)]),
  );
  const answers = (await inParallel(tasks)) as StateAnswers;
  const pods = pastPods(answers, piece.map(windowEndSeconds));
  return {
    names: createNodeNames(inventory.nodes, answers.nodeInfo),
    pods,
    nodes: pastNodes(answers),
    nodeOfPod: createNodeOfPod(context, pods),
  };
}

async function readNodeExporterTimes(names: NodeNames, askTimes: Ask, select: ReadContext['select']) {
  const series = await askTimes(select(NODE_CPU_COUNTER, 'mode="idle"'));
  const strangers = series.filter(({ labels }) => names.nodeOf(labels) === null);
  return {
    times: nodeTimes(series, names),
    strangerCount: new Set(strangers.map(({ labels }) => targetOf(labels))).size,
  };
}

interface PodCpuTools {
  readonly names: NodeNames;
  readonly column: (series: readonly Series[]) => PodColumn;
  readonly ask: Ask;
  readonly askTimes: Ask;
}

/** CPU of the pods, and when what told it was scraped. */
async function readPodCpu(
  { select }: ReadContext,
  form: ContainerForm,
  windowSeconds: number,
  { names, column, ask, askTimes }: PodCpuTools,
): Promise<Pick<PieceAnswers, 'cpu' | 'usageTimes'>> {
  const rootTimes = nodeTimes(await askTimes(select(CPU_COUNTER, 'id="/"')), names);
  const series = await ask(usageQueries(select, form, windowSeconds, rootTimes.intervalSeconds).podCpuSeconds());
  const askContainers = () => askTimes(select(CPU_COUNTER, ...form.matchers));
  return { cpu: column(series), usageTimes: await timesOfPods(rootTimes, series, names, askContainers) };
}

/** The steps that show each sample time from a margin before the piece to one after it (never beyond now). */
function timeSteps({ clock }: ReadContext, piece: readonly Window[]) {
  const ends = endsOf(piece);
  const startSeconds = ends.startSeconds - ends.stepSeconds - MARGIN_SECONDS;
  const latest = Math.max(ends.endSeconds, Math.min(ends.endSeconds + MARGIN_SECONDS, clock.nowSeconds()));
  return { startSeconds, endSeconds: latest, stepSeconds: TIMES_STEP_SECONDS };
}

/** Sample times by the root cgroup, which is cheap; where a node with pods lacks it, by the containers themselves. */
async function timesOfPods(
  rootTimes: NodeTimes,
  cpu: readonly Series[],
  names: NodeNames,
  askContainers: () => Promise<readonly Series[]>,
): Promise<NodeTimes> {
  const seen = new Set(rootTimes.nodes);
  const lacking = cpu.some(({ labels }) => {
    const node = names.nodeOf(labels);
    return node === null ? seen.size === 0 : !seen.has(node);
  });
  if (!lacking) return rootTimes;
  const containers = await askContainers();
  const times = withFallback(rootTimes, nodeTimes(containers, names));
  return times.nodes.length === 0 ? timesOfAnyNode(containers) : times;
}

/** @param shiftSeconds by how much later than the instant they are of the values were evaluated */
function nodeColumn(series: readonly Series[], names: NodeNames, shiftSeconds: number): NodeColumn {
  const column = new Map<EpochSeconds, Map<string, number>>();
  for (const { labels, samples } of series) {
    const node = names.nodeOf(labels);
    if (node === null) continue;
    for (const { seconds, value } of samples) {
      const row = column.get(seconds - shiftSeconds) ?? new Map<string, number>();
      column.set(seconds - shiftSeconds, row);
      row.set(node, Math.max(value, row.get(node) ?? 0));
    }
  }
  return column;
}

/** kube-state-metrics of that window first (the newest of several places), then the pods of now. */
function createNodeOfPod({ inventory }: ReadContext, pods: PastPods): NodeOfPod {
  const now = new Map(inventory.pods.map((pod) => [podKey(pod), pod.node]));
  return (pod, endSeconds) => {
    const past = pods.get(endSeconds)?.get(podKey(pod)) ?? [];
    return past.findLast((item) => item.node !== null)?.node ?? now.get(podKey(pod)) ?? null;
  };
}

function createFinishedAt({ inventory }: ReadContext, pods: PastPods, endSeconds: EpochSeconds) {
  const now = new Map(inventory.pods.map((pod) => [`${podKey(pod)}@${pod.node ?? ''}`, pod.finishedAtSeconds]));
  return (place: { readonly namespace: string; readonly name: string; readonly node: string | null }) => {
    const past = pods.get(endSeconds)?.get(podKey(place)) ?? [];
    const there = past.findLast((item) => item.node === place.node && item.finishedAtSeconds !== null);
    return there?.finishedAtSeconds ?? now.get(`${podKey(place)}@${place.node ?? ''}`) ?? null;
  };
}
