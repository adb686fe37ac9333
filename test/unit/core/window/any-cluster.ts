import fc from 'fast-check';
import type { GpuCoefficients, NodeCoefficients, VolumeCoefficient } from '../../../../src/model/coefficients.ts';
import type { WindowCosts } from '../../../../src/model/costs.ts';
import type { GpuUsage, NodeMeter } from '../../../../src/model/energy.ts';
import type { NodeFacts, PodFacts, VolumeFacts } from '../../../../src/model/facts.ts';
import { CPU_SOURCES, INTENSITY_SOURCES, POD_USAGE_SOURCES, PUE_SOURCES } from '../../../../src/model/sources.ts';
import { coefficientsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

// Nothing or something that can be measured: numbers near the smallest of all have no relative precision.
const positive = (max: number) => fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max, noNaN: true }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Over-commitment (requests beyond the node), short pods, pods without samples, labels, requests or the meter's joules. */
const anyPod = fc
  .record({
    cpuRequestMillicores: positive(8000),
    memoryRequestBytes: positive(64e9),
    cpuSeconds: positive(20_000),
    memoryBytes: positive(16e9),
    aliveSeconds: fc.integer({ min: 1, max: 3600 }),
    usageSource: fc.constantFrom(...POD_USAGE_SOURCES),
    activeJoules: fc.option(positive(1e6), { nil: undefined }),
    gpuRequest: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    isBare: fc.boolean(),
  })
  .map(({ activeJoules, gpuRequest, isBare, ...pod }) =>
    podFactsOf({
      ...pod,
      ...(isBare ? { uid: null, ownerKind: null, ownerName: null, team: null } : {}),
      ...(activeJoules === undefined ? {} : { activeJoules }),
      ...(gpuRequest === undefined ? {} : { gpuRequest }),
    }),
  );

const anyMeter: fc.Arbitrary<NodeMeter> = fc.record({
  exporter: fc.constantFrom('kepler' as const, 'kepler-legacy' as const),
  zone: fc.constantFrom('platform' as const, 'package' as const),
  activeJoules: positive(2e6),
  idleJoules: positive(1e6),
  isModelled: fc.boolean(),
});

const anyCard = fc.record({
  card: fc.constantFrom('gpu-0', 'gpu-1', 'gpu-2'),
  model: fc.constant(null),
  joules: fc.option(positive(2e6)),
  utilisation: fc.option(share),
  /** Place of the holder among the pods. */
  holder: fc.option(fc.nat(14)),
});

interface RawNode {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly cpuSeconds: number | null;
  readonly existedSeconds: number;
  readonly pods: readonly PodFacts[];
  readonly cpuSource: Exclude<NodeFacts['cpuSource'], 'no-samples'>;
  readonly meter: NodeMeter | undefined;
  readonly gpuCount: number;
  readonly cards: readonly (Omit<GpuUsage, 'pod'> & { readonly holder: number | null })[];
}

const anyNode = fc
  .record<RawNode>({
    cores: fc.integer({ min: 1, max: 128 }),
    memoryBytes: fc.integer({ min: 1e8, max: 512e9 }),
    cpuSeconds: fc.option(positive(200_000)),
    existedSeconds: fc.integer({ min: 1, max: 3600 }),
    pods: fc.array(anyPod, { maxLength: 15 }),
    cpuSource: fc.constantFrom(...CPU_SOURCES).filter((source) => source !== 'no-samples'),
    meter: fc.option(anyMeter, { nil: undefined }),
    gpuCount: fc.integer({ min: 0, max: 4 }),
    cards: fc.array(anyCard, { maxLength: 4 }),
  })
  .map(factsOfNode);

function factsOfNode(raw: RawNode): NodeFacts {
  const pods = raw.pods.map((pod, index) => ({ ...pod, name: `pod-${index}` }));
  const gpus = raw.cards.map(({ holder, ...card }) => {
    const pod = holder === null ? undefined : pods[holder];
    return { ...card, pod: pod === undefined ? null : { namespace: pod.namespace, name: pod.name } };
  });
  return nodeFactsOf({
    node: nodeOf({
      cpuCapacityMillicores: raw.cores * 1000,
      cpuAllocatableMillicores: raw.cores * 980,
      memoryCapacityBytes: raw.memoryBytes,
      memoryAllocatableBytes: raw.memoryBytes * 0.9,
      gpuCount: raw.gpuCount,
    }),
    cpuSeconds: raw.cpuSeconds,
    cpuSource: raw.cpuSeconds === null ? 'no-samples' : raw.cpuSource,
    existedSeconds: raw.existedSeconds,
    pods,
    ...(raw.meter === undefined ? {} : { meter: raw.meter }),
    ...(gpus.length === 0 ? {} : { gpus }),
  });
}

const anyFactor = fc.record({
  low: fc.double({ min: 0.1, max: 1, noNaN: true }),
  high: fc.double({ min: 1, max: 4, noNaN: true }),
});

const anyGpu: fc.Arbitrary<GpuCoefficients> = fc
  .record({ tdpWatts: fc.integer({ min: 40, max: 1400 }), cardCount: fc.option(fc.nat(4), { nil: undefined }) })
  .map(({ tdpWatts, cardCount }) => ({
    model: 'some card',
    tdpWatts,
    isKnown: true,
    ...(cardCount === undefined ? {} : { cardCount }),
    factors: {
      measured: { low: 0.9, high: 1.15 },
      utilisation: { low: 0.5, high: 1.6 },
      assumed: { low: 0.4, high: 2 },
    },
  }));

const anyMarket = fc.record({
  share,
  contractGramsPerKwh: positive(100),
  residualGramsPerKwh: fc.option(positive(900)),
  source: fc.constant('person' as const),
});

const anyCoefficients: fc.Arbitrary<NodeCoefficients> = fc
  .record({
    idle: positive(300),
    steps: fc.tuple(positive(100), positive(200), positive(300)),
    pue: fc.double({ min: 1, max: 2, noNaN: true }),
    pueSource: fc.constantFrom(...PUE_SOURCES),
    gramsPerKwh: positive(900),
    intensitySource: fc.constantFrom(...INTENSITY_SOURCES),
    kilograms: positive(5000),
    factors: fc.tuple(anyFactor, anyFactor, anyFactor, anyFactor, anyFactor),
    gpu: fc.option(anyGpu, { nil: undefined }),
    market: fc.option(anyMarket, { nil: undefined }),
  })
  .map((raw) => {
    const base = coefficientsOf();
    const { idle, factors } = raw;
    const [a, b, c] = raw.steps;
    return coefficientsOf({
      curve: { ...base.curve, watts: [idle, idle + a, idle + a + b, idle + a + b + c], factor: factors[0] },
      pue: { pue: raw.pue, source: raw.pueSource, factor: factors[1] },
      intensity: { ...base.intensity, gramsPerKwh: raw.gramsPerKwh, source: raw.intensitySource, factor: factors[2] },
      embodied: { ...base.embodied, kilograms: raw.kilograms, factor: factors[3] },
      prices: { ...base.prices, factor: factors[4] },
      ...(raw.gpu === undefined ? {} : { gpu: raw.gpu }),
      ...(raw.market === undefined ? {} : { market: raw.market }),
    });
  });

export interface NodeOfCluster {
  readonly facts: NodeFacts;
  readonly coefficients: NodeCoefficients;
}

/** A node without cards: what a card adds is as sure as the card, and would hide what is compared. */
export const anyHost: fc.Arbitrary<NodeOfCluster> = fc
  .tuple(anyNode, anyCoefficients)
  .map(([{ gpus: _, ...facts }, { gpu: __, ...coefficients }]) => ({
    facts: { ...facts, node: { ...facts.node, gpuCount: 0 } },
    coefficients,
  }));

/** One to five nodes with up to 15 pods each, every node with coefficients of its own; also nodes that nothing was measured of. */
const anyNodes = fc.array(fc.tuple(anyNode, anyCoefficients), { minLength: 1, maxLength: 5 }).map((pairs) =>
  pairs.map(([facts, coefficients], index) => ({
    facts: { ...facts, node: { ...facts.node, name: `node-${index}` } },
    coefficients,
  })),
);

const anyVolume = fc.record({ requestedBytes: positive(5e12), aliveSeconds: fc.integer({ min: 1, max: 3600 }) });

const anyVolumeCoefficient: fc.Arbitrary<VolumeCoefficient> = fc
  .record({ wattHours: positive(3), replication: fc.integer({ min: 1, max: 3 }), factor: anyFactor })
  .map(({ wattHours, ...rest }) => ({
    medium: 'ssd',
    wattHoursPerTerabyteHour: wattHours,
    flags: [],
    ...rest,
  }));

const anyParts = fc.record({
  cpu: positive(10),
  memory: positive(10),
  gpu: positive(10),
  storage: positive(10),
  network: positive(10),
});

/** Costs of pods of which some exist, on one node or on several, and some don't. */
const anyCosts: fc.Arbitrary<WindowCosts> = fc
  .record({ parts: fc.array(anyParts, { maxLength: 20 }), idle: anyParts })
  .map(({ parts, idle }) => ({
    currency: 'USD',
    pods: parts.map((each, index) => ({ namespace: 'shop', pod: `pod-${index}`, ...each })),
    idle,
  }));

/** A cluster of mixed rungs: metered and modelled nodes, cards, volumes, with costs of its own or with prices. */
export const anyCluster = fc
  .record({
    nodes: anyNodes,
    volumes: fc.array(anyVolume, { maxLength: 4 }),
    volumeCoefficient: anyVolumeCoefficient,
    costs: fc.option(anyCosts),
  })
  .map(({ nodes, volumes, ...rest }) => ({
    ...rest,
    nodes,
    volumes: volumes.map(
      (volume, index): VolumeFacts => ({
        ...volume,
        namespace: 'shop',
        claim: `claim-${index}`,
        storageClass: null,
        provisioner: null,
        diskType: null,
        usedBytes: null,
        node: null,
        team: null,
        place: nodes[index % nodes.length]?.facts.node ?? nodeOf(),
      }),
    ),
  }));
export type Cluster = typeof anyCluster extends fc.Arbitrary<infer C> ? C : never;
