import type { NodeCoefficients } from '../../../src/model/coefficients.ts';
import type { NodeFacts, PodFacts, WindowFacts } from '../../../src/model/facts.ts';
import type { Inventory, NodeDescription, PodDescription } from '../../../src/model/inventory.ts';
import type { Window } from '../../../src/model/time.ts';
import type { NodeUsage, PodUsage, UsageReading } from '../../../src/model/usage.ts';

/** 2026-03-10 12:00 UTC, the start of an hour. */
export const NOON = Date.UTC(2026, 2, 10, 12) / 1000;

export const HOUR: Window = { startSeconds: NOON, durationSeconds: 3600 };
export const FIVE_MINUTES: Window = { startSeconds: NOON, durationSeconds: 300 };

export function nodeOf(changes: Partial<NodeDescription> = {}): NodeDescription {
  return {
    name: 'node-a',
    uid: 'uid-node-a',
    providerId: 'aws:///eu-west-3a/i-1',
    provider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    instanceType: 'm5.xlarge',
    architecture: 'amd64',
    os: 'linux',
    cpuCapacityMillicores: 4000,
    memoryCapacityBytes: 16e9,
    cpuAllocatableMillicores: 4000,
    memoryAllocatableBytes: 16e9,
    gpuCount: 0,
    ready: true,
    createdAtSeconds: NOON - 864_000,
    addresses: [],
    labels: {},
    ...changes,
  };
}

export function podFactsOf(changes: Partial<PodFacts> = {}): PodFacts {
  return {
    namespace: 'shop',
    name: 'cart-1',
    uid: 'uid-cart-1',
    ownerKind: 'Deployment',
    ownerName: 'cart',
    team: null,
    cpuRequestMillicores: 1000,
    memoryRequestBytes: 4e9,
    cpuSeconds: 1800,
    memoryBytes: 2e9,
    networkReceiveBytes: 10,
    networkTransmitBytes: 20,
    diskReadBytes: 30,
    diskWriteBytes: 40,
    ephemeralStorageBytes: 50,
    restartCount: 0,
    aliveSeconds: 3600,
    usageSource: 'cadvisor',
    ...changes,
  };
}

export function nodeFactsOf(changes: Partial<NodeFacts> = {}): NodeFacts {
  return {
    node: nodeOf(),
    cpuSeconds: 3600,
    cpuSource: 'node-exporter',
    existedSeconds: 3600,
    pods: [podFactsOf()],
    ...changes,
  };
}

export function factsOf(nodes: readonly NodeFacts[], window: Window = HOUR): WindowFacts {
  return { window, coveredSeconds: window.durationSeconds, nodes };
}

export function coefficientsOf(changes: Partial<NodeCoefficients> = {}): NodeCoefficients {
  return {
    curve: {
      id: 'aws/m5.xlarge/teads',
      watts: [10, 16, 30, 40],
      source: 'teads',
      factor: { low: 0.6, high: 1.4 },
      memoryWatts: 2,
      flags: [],
    },
    pue: { pue: 1.2, source: 'provider', factor: { low: 0.9, high: 1.25 } },
    intensity: {
      gramsPerKwh: 100,
      zone: 'FR',
      source: 'zone-year',
      factorType: 'lifecycle',
      factor: { low: 0.6, high: 1.5 },
      atSeconds: Date.UTC(2025, 0, 1) / 1000,
    },
    embodied: { kilograms: 35.04, lifespanHours: 35_040, source: 'table', factor: { low: 0.5, high: 2 } },
    prices: {
      cpuCoreHour: 0.04,
      memoryGbHour: 0.005,
      storageGbHour: 0.0001,
      networkGb: 0.05,
      gpuHour: 1,
      currency: 'USD',
      source: 'default-prices',
      factor: { low: 0.5, high: 1.6 },
    },
    ...changes,
  };
}

export function podUsageOf(changes: Partial<PodUsage> = {}): PodUsage {
  return {
    namespace: 'shop',
    name: 'cart-1',
    node: 'node-a',
    uid: null,
    cpuSeconds: 100,
    usageSource: 'cadvisor',
    memoryBytes: 1e9,
    networkReceiveBytes: 1,
    networkTransmitBytes: 2,
    diskReadBytes: 3,
    diskWriteBytes: 4,
    ephemeralStorageBytes: 5,
    restartCount: 0,
    aliveSeconds: 3600,
    requests: null,
    owner: null,
    phase: null,
    ...changes,
  };
}

export function nodeUsageOf(changes: Partial<NodeUsage> = {}): NodeUsage {
  return {
    node: 'node-a',
    cpuSeconds: 500,
    cpuSource: 'node-exporter',
    coveredSeconds: 3600,
    described: null,
    ...changes,
  };
}

export function readingOf(changes: Partial<UsageReading> = {}): UsageReading {
  return {
    window: HOUR,
    coveredSeconds: 3600,
    nodes: [nodeUsageOf()],
    pods: [podUsageOf()],
    notices: [],
    ...changes,
  };
}

export function podDescriptionOf(changes: Partial<PodDescription> = {}): PodDescription {
  return {
    namespace: 'shop',
    name: 'cart-1',
    uid: 'uid-cart-1',
    node: 'node-a',
    owner: { kind: 'Deployment', name: 'cart' },
    phase: 'Running',
    requests: { cpuMillicores: 250, memoryBytes: 3e9 },
    team: null,
    createdAtSeconds: NOON - 86_400,
    startedAtSeconds: NOON - 86_390,
    finishedAtSeconds: null,
    ...changes,
  };
}

export function inventoryOf(changes: Partial<Inventory> = {}): Inventory {
  return {
    readAtSeconds: NOON + 7200,
    nodes: [nodeOf()],
    pods: [podDescriptionOf()],
    namespaces: [{ name: 'shop', team: 'storefront' }],
    services: [],
    notices: [],
    ...changes,
  };
}
