import type { EpochSeconds, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { Series } from './answer.ts';
import { type EdgePod, MARGIN_SECONDS, readEdgePods } from './edge-pods.ts';
import { podKey, targetOf } from './labels.ts';
import { createNodeNames, type NodeNames } from './node-names.ts';
import { intervalOfTargets, type NodeTimes, nodeTimes, timesOfAnyNode, withFallback } from './node-times.ts';
import { type PastNodes, pastNodes } from './past-nodes.ts';
import { type PastPods, pastPods, type StateAnswers } from './past-pods.ts';
import { TIMES_STEP_SECONDS } from './pieces.ts';
import { columnOf, type NodeOfPod, type PodColumn, placeOf } from './pod-columns.ts';
import { endsOf, inParallel, type ReadContext } from './read-context.ts';
import { stateQueries } from './state-queries.ts';
import {
  type ContainerForm,
  CPU_COUNTER,
  NODE_CPU_COUNTER,
  POD_COUNTERS,
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
}

/** Sends all queries of contiguous windows of one length. */
export async function readPiece(
  context: ReadContext,
  piece: readonly Window[],
  form: ContainerForm,
): Promise<PieceAnswers> {
  const { client, select, signal, inventory } = context;
  const ends = endsOf(piece);
  const endsSeconds = piece.map(windowEndSeconds);
  const windowSeconds = ends.stepSeconds;
  const ask = (query: string) => () => client.range(query, ends, signal);
  const askTimes = (selector: string) => () => client.range(sampleTimes(selector), timeSteps(context, piece), signal);

  const times = await inParallel({
    root: askTimes(select(CPU_COUNTER, 'id="/"')),
    nodeExporter: askTimes(select(NODE_CPU_COUNTER, 'mode="idle"')),
    state: askTimes(select('kube_node_info')),
  });
  const stateInterval = intervalOfTargets(times.state) ?? 60;
  const state = stateQueries(select, windowSeconds, stateInterval);
  const stateTasks = Object.fromEntries(Object.entries<string>({ ...state }).map(([key, query]) => [key, ask(query)]));
  const answers = (await inParallel(stateTasks)) as StateAnswers;

  const names = createNodeNames(inventory.nodes, answers.nodeInfo);
  const pods = pastPods(answers, endsSeconds);
  const nodeOfPod = createNodeOfPod(context, pods);
  const column = (series: readonly Series[]): PodColumn => columnOf(series, names, nodeOfPod);

  const rootTimes = nodeTimes(times.root, names);
  const usage = usageQueries(select, form, windowSeconds, rootTimes.intervalSeconds);
  const cpuSeries = await client.range(usage.podCpuSeconds(), ends, signal);
  const usageTimes = await timesOfPods(rootTimes, cpuSeries, names, askTimes(select(CPU_COUNTER, ...form.matchers)));
  const queries = usageQueries(select, form, windowSeconds, usageTimes.intervalSeconds);

  const shiftSeconds = Math.ceil(usageTimes.intervalSeconds);
  const edgeSteps = {
    startSeconds: ends.startSeconds - windowSeconds + shiftSeconds,
    endSeconds: ends.endSeconds + shiftSeconds,
    stepSeconds: windowSeconds,
  };
  const askRates = (query: string) => () => client.range(query, edgeSteps, signal);
  const figures = await inParallel({
    edges: ask(queries.edgePods()),
    memory: ask(queries.podMemoryBytes()),
    ephemeral: ask(queries.podEphemeralBytes()),
    nodeExporterCpu: ask(queries.nodeCpuSeconds()),
    nodeExporterRate: askRates(queries.nodeCpuRate()),
    rootCpu: ask(queries.rootCpuSeconds()),
    rootRate: askRates(queries.rootCpuRate()),
    networkReceive: ask(queries.podCounter(POD_COUNTERS.networkReceive)),
    networkTransmit: ask(queries.podCounter(POD_COUNTERS.networkTransmit)),
    diskRead: ask(queries.podCounter(POD_COUNTERS.diskRead)),
    diskWrite: ask(queries.podCounter(POD_COUNTERS.diskWrite)),
  });
  const edgeColumn = column(figures.edges);
  const edges = new Map<EpochSeconds, ReadonlyMap<string, EdgePod>>();
  for (const window of piece) {
    const endSeconds = windowEndSeconds(window);
    const places = edgeColumn.places(endSeconds);
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
  const heads =
    edges.size === 0
      ? null
      : await inParallel({
          networkReceive: ask(queries.podCounterHead(POD_COUNTERS.networkReceive)),
          networkTransmit: ask(queries.podCounterHead(POD_COUNTERS.networkTransmit)),
          diskRead: ask(queries.podCounterHead(POD_COUNTERS.diskRead)),
          diskWrite: ask(queries.podCounterHead(POD_COUNTERS.diskWrite)),
        });

  const columns = (from: Readonly<Record<PodCounterName, readonly Series[]>>): Record<PodCounterName, PodColumn> => ({
    networkReceive: column(from.networkReceive),
    networkTransmit: column(from.networkTransmit),
    diskRead: column(from.diskRead),
    diskWrite: column(from.diskWrite),
  });
  return {
    names,
    nodeOfPod,
    pods,
    nodes: pastNodes(answers),
    usageTimes,
    nodeExporterTimes: nodeTimes(times.nodeExporter, names),
    nodeExporterCpu: {
      increase: nodeColumn(figures.nodeExporterCpu, names, 0),
      rate: nodeColumn(figures.nodeExporterRate, names, shiftSeconds),
    },
    rootCpu: {
      increase: nodeColumn(figures.rootCpu, names, 0),
      rate: nodeColumn(figures.rootRate, names, shiftSeconds),
    },
    cpu: column(cpuSeries),
    memory: column(figures.memory),
    ephemeral: column(figures.ephemeral),
    counters: columns(figures),
    counterHeads: heads === null ? null : columns(heads),
    edges,
    strangerCount: new Set(
      times.nodeExporter.filter(({ labels }) => names.nodeOf(labels) === null).map(({ labels }) => targetOf(labels)),
    ).size,
  };
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
