import fc from 'fast-check';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import { coefficientsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

// Nothing or something that can be measured: numbers near the smallest of all have no relative precision.
const positive = (max: number) => fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max, noNaN: true }));

const anyPod = fc
  .record({
    cpuRequestMillicores: positive(4000),
    memoryRequestBytes: positive(16e9),
    cpuSeconds: positive(20_000),
    memoryBytes: positive(16e9),
    aliveSeconds: fc.integer({ min: 1, max: 3600 }),
    usageSource: fc.constantFrom('cadvisor' as const, 'single-sample' as const, 'requests' as const),
  })
  .map(podFactsOf);

const anyNode: fc.Arbitrary<NodeFacts> = fc
  .record({
    cores: fc.integer({ min: 1, max: 128 }),
    memoryBytes: fc.integer({ min: 1e8, max: 512e9 }),
    cpuSeconds: fc.option(positive(200_000)),
    existedSeconds: fc.integer({ min: 1, max: 3600 }),
    pods: fc.array(anyPod, { maxLength: 15 }),
    cpuSource: fc.constantFrom('node-exporter' as const, 'pod-sum' as const),
  })
  .map(({ cores, memoryBytes, cpuSeconds, existedSeconds, pods, cpuSource }) =>
    nodeFactsOf({
      node: nodeOf({
        cpuCapacityMillicores: cores * 1000,
        cpuAllocatableMillicores: cores * 980,
        memoryCapacityBytes: memoryBytes,
        memoryAllocatableBytes: memoryBytes * 0.9,
      }),
      cpuSeconds,
      cpuSource: cpuSeconds === null ? 'no-samples' : cpuSource,
      existedSeconds,
      pods,
    }),
  );

const anyFactor = fc.record({
  low: fc.double({ min: 0.1, max: 1, noNaN: true }),
  high: fc.double({ min: 1, max: 4, noNaN: true }),
});

const anyCoefficients: fc.Arbitrary<NodeCoefficients> = fc
  .record({
    idle: positive(300),
    steps: fc.tuple(positive(100), positive(200), positive(300)),
    pue: fc.double({ min: 1, max: 2, noNaN: true }),
    gramsPerKwh: positive(900),
    kilograms: positive(5000),
    factors: fc.tuple(anyFactor, anyFactor, anyFactor, anyFactor, anyFactor),
  })
  .map(({ idle, steps: [a, b, c], pue, gramsPerKwh, kilograms, factors }) => {
    const base = coefficientsOf();
    return coefficientsOf({
      curve: { ...base.curve, watts: [idle, idle + a, idle + a + b, idle + a + b + c], factor: factors[0] },
      pue: { ...base.pue, pue, factor: factors[1] },
      intensity: { ...base.intensity, gramsPerKwh, factor: factors[2] },
      embodied: { ...base.embodied, kilograms, factor: factors[3] },
      prices: { ...base.prices, factor: factors[4] },
    });
  });

/** One to five nodes with up to 15 pods each, every node with coefficients of its own; also nodes that nothing was measured of. */
export const anyCluster = fc.array(fc.tuple(anyNode, anyCoefficients), { minLength: 1, maxLength: 5 }).map((pairs) =>
  pairs.map(([facts, coefficients], index) => ({
    facts: { ...facts, node: { ...facts.node, name: `node-${index}` } },
    coefficients,
  })),
);
export type Cluster = typeof anyCluster extends fc.Arbitrary<infer C> ? C : never;
