import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { nodeTimes } from '../../../../src/collectors/prometheus/node-times.ts';
import { pastNodes } from '../../../../src/collectors/prometheus/past-nodes.ts';
import { PodColumn } from '../../../../src/collectors/prometheus/pod-columns.ts';
import { NO_ENERGY } from '../../../../src/collectors/prometheus/read-energy.ts';
import type { PieceAnswers } from '../../../../src/collectors/prometheus/read-piece.ts';
import { series } from './fake-client.ts';
import { stateAnswers } from './state-answers.ts';

export const names = createNodeNames([], []);

/** Sample times every 30 s of some nodes. */
export function timesEvery30(nodes: Readonly<Record<string, readonly [number, number]>>) {
  return nodeTimes(
    Object.entries(nodes).map(([node, [from, to]]) => {
      const samples: [number, number][] = [];
      for (let seconds = from; seconds <= to; seconds += 30) samples.push([seconds, seconds]);
      return series({ node }, ...samples);
    }),
    names,
  );
}

/** A column with one value a pod, given as `namespace/name@node`. */
export function column(endSeconds: number, cells: Readonly<Record<string, number>>): PodColumn {
  const result = new PodColumn();
  for (const [key, value] of Object.entries(cells)) {
    const [pod, node] = key.split('@');
    const [namespace, name] = (pod ?? '').split('/');
    result.put(
      endSeconds,
      { namespace: namespace ?? '', name: name ?? '', node: node === '' ? null : (node ?? null) },
      value,
    );
  }
  return result;
}

const NO_CPU = { increase: new Map(), rate: new Map() };
const NO_COUNTERS = {
  networkReceive: new PodColumn(),
  networkTransmit: new PodColumn(),
  diskRead: new PodColumn(),
  diskWrite: new PodColumn(),
};

/** Answers of a piece, empty where not given. */
export function pieceAnswers(given: Partial<PieceAnswers> = {}): PieceAnswers {
  return {
    names,
    nodeOfPod: () => null,
    pods: new Map(),
    nodes: pastNodes(stateAnswers()),
    usageTimes: nodeTimes([], names),
    nodeExporterTimes: nodeTimes([], names),
    nodeExporterCpu: NO_CPU,
    rootCpu: NO_CPU,
    cpu: new PodColumn(),
    memory: new PodColumn(),
    ephemeral: new PodColumn(),
    counters: NO_COUNTERS,
    counterHeads: null,
    edges: new Map(),
    strangerCount: 0,
    energy: NO_ENERGY,
    ...given,
  };
}
