import { join } from 'node:path';
import {
  type CoefficientTables,
  createTableCoefficients,
  loadCoefficientTables,
} from '../../../../src/collectors/tables/index.ts';
import type { CoefficientOverrides } from '../../../../src/core/ports/coefficient-sources.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';

export const MARCH_2026 = Date.UTC(2026, 2, 1) / 1000;

const NOTHING_SET: CoefficientOverrides = {
  pue: null,
  zone: null,
  defaultIntensityGramsPerKwh: null,
  prices: null,
  contract: null,
  factorType: 'lifecycle',
  zoneRules: [],
};

/** The bundled tables, as the app loads them. */
export function loadTables(): Promise<CoefficientTables> {
  return loadCoefficientTables(join(import.meta.dirname, '../../../../resources/data'));
}

export function sourcesOf(tables: CoefficientTables, overrides: Partial<CoefficientOverrides> = {}) {
  return createTableCoefficients(tables, { ...NOTHING_SET, ...overrides });
}

export function nodeAt(changes: Partial<NodeDescription>): NodeDescription {
  return {
    name: 'n',
    uid: null,
    providerId: null,
    provider: 'aws',
    region: null,
    zone: null,
    instanceType: null,
    architecture: 'amd64',
    os: 'linux',
    cpuCapacityMillicores: 4000,
    memoryCapacityBytes: 16e9,
    cpuAllocatableMillicores: 4000,
    memoryAllocatableBytes: 16e9,
    gpuCount: 0,
    ready: true,
    createdAtSeconds: null,
    addresses: [],
    labels: {},
    ...changes,
  };
}
