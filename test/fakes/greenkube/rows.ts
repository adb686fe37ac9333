import type { GreenKubeNode, GreenKubeRow } from '../../../src/core/ports/greenkube-source.ts';

/** 2026-01-05 07:00 UTC. */
export const SEVEN = Date.UTC(2026, 0, 5, 7) / 1000;

export function greenKubeRow(part: Partial<GreenKubeRow> = {}): GreenKubeRow {
  return {
    origin: 'raw',
    atSeconds: SEVEN,
    durationSeconds: 300,
    samples: 1,
    podName: 'cart-0',
    namespace: 'shop',
    node: 'n1',
    nodeInstanceType: 'm5.large',
    nodeZone: 'eu-west-3a',
    emapsZone: 'FR',
    ownerKind: 'Deployment',
    ownerName: 'cart',
    joules: 1000,
    co2eGrams: 0.5,
    embodiedCo2eGrams: 0.1,
    totalCost: 0.02,
    pue: 1.2,
    gridIntensity: 50,
    gridIntensityAtSeconds: SEVEN,
    cpuRequestMillicores: 250,
    memoryRequestBytes: 1000,
    cpuUsageMillicores: 100,
    memoryUsageBytes: 800,
    gpuUsageMillicores: null,
    networkReceiveBytesPerSecond: 10,
    networkTransmitBytesPerSecond: 20,
    diskReadBytesPerSecond: 3,
    diskWriteBytesPerSecond: null,
    ephemeralStorageRequestBytes: 60,
    ephemeralStorageUsageBytes: null,
    estimationReasons: [],
    calculationVersion: '0.2.12',
    ...part,
  };
}

export function greenKubeNode(part: Partial<GreenKubeNode> = {}): GreenKubeNode {
  return {
    atSeconds: SEVEN,
    name: 'n1',
    instanceType: 'm5.large',
    cpuCapacityCores: 2,
    memoryCapacityBytes: 8e9,
    architecture: 'amd64',
    cloudProvider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    embodiedKilograms: 1200,
    ...part,
  };
}
