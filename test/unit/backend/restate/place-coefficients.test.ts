import { describe, expect, test } from 'vitest';
import { nodeLabels } from '../../../../src/backend/restate/node-labels.ts';
import { type NodeLabels, PlaceCoefficientsFinder } from '../../../../src/backend/restate/place-coefficients.ts';
import type { CoefficientSources } from '../../../../src/core/ports/coefficient-sources.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import type { WindowResult } from '../../../../src/model/results.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { coefficientsOf, factsOf, HOUR, nodeFactsOf, nodeOf, podFactsOf } from '../../core/builders.ts';

const VOLUME = {
  namespace: 'shop',
  claim: 'data',
  storageClass: null,
  provisioner: null,
  diskType: null,
  requestedBytes: 1e12,
  usedBytes: null,
  aliveSeconds: 3600,
  node: null,
  team: null,
  place: nodeOf({ name: 'a' }),
};

/** Two nodes and a volume, stored in zone `OLD`. */
function stored(): WindowResult {
  const nodes = ['a', 'b'].map((name) =>
    nodeFactsOf({ node: nodeOf({ name }), pods: [podFactsOf({ name: `on-${name}` })] }),
  );
  const computed = computeWindow({
    clusterId: 'c',
    facts: { ...factsOf(nodes), volumes: [VOLUME] },
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'OLD',
    volumeOf: () => ({
      medium: 'ssd',
      wattHoursPerTerabyteHour: 1,
      replication: 1,
      factor: { low: 1, high: 1 },
      flags: [],
    }),
  });
  const entry = {
    clusterId: 'c',
    window: HOUR,
    state: 'whole',
    coveredSeconds: 3600,
    reason: null,
    notices: [],
    rowCount: computed.rows.length,
    closedAtSeconds: 0,
  } as const;
  return { entry, ...computed };
}

const noNodes = { nodes: async () => [] };

/** Sources that put nodes into a zone by a label. */
function byLabel(): { sources: CoefficientSources; asked: NodeDescription[] } {
  const asked: NodeDescription[] = [];
  const { sources } = fakeCoefficients();
  const grid = {
    ...sources.grid,
    zoneFor: async (node: NodeDescription) => {
      asked.push(node);
      return { zone: node.labels.pool ?? 'NONE', countryCode: null, foundBy: 'person' as const };
    },
  };
  return { sources: { ...sources, grid, labels: ['pool'] }, asked };
}

async function zonesWith(sources: CoefficientSources, labels: NodeLabels): Promise<Record<string, string>> {
  const content = stored();
  const at = await new PlaceCoefficientsFinder('c', sources, noNodes, labels).forWindow(content);
  return Object.fromEntries(content.rows.map((row) => [row.podName, at(row).emapsZone]));
}

describe('where the places of stored windows are', () => {
  test('without labels in play: what the sources say of now, for volumes too', async () => {
    expect(await zonesWith(fakeCoefficients({ zone: 'DE' }).sources, null)).toMatchObject({
      'on-a': 'DE',
      'node/b': 'DE',
      'pvc/shop/data': 'DE',
    });
  });

  test('by label: nodes that are still there move, the others stay', async () => {
    const labels = new Map([['a', { pool: 'SE-SE1' }]]);
    expect(await zonesWith(byLabel().sources, labels)).toMatchObject({
      'on-a': 'SE-SE1',
      'on-b': 'OLD',
      // It lies where a node lies that moves.
      'pvc/shop/data': 'SE-SE1',
    });
    expect(await zonesWith(byLabel().sources, null)).toMatchObject({ 'on-a': 'OLD', 'on-b': 'OLD' });
  });

  test('a volume where no node is stays in its zone', async () => {
    const content = stored();
    const nowhere = { node: '', provider: 'aws', nodeZone: 'us-east-1a', emapsZone: 'OLD' };
    const [row] = content.rows;
    if (row === undefined) throw new Error('rows');
    const rows = [...content.rows, { ...row, ...nowhere, podName: 'pvc/x' }];
    const { sources } = fakeCoefficients({ zone: 'DE' });
    const at = await new PlaceCoefficientsFinder('c', sources, noNodes, null).forWindow({ ...content, rows });
    expect(at(nowhere).emapsZone).toBe('OLD');
  });

  test('a node is described as it was stored', async () => {
    const { sources, asked } = byLabel();
    await zonesWith(sources, new Map([['a', {}]]));
    const {
      name,
      uid,
      labels: _labels,
      providerId,
      createdAtSeconds,
      ready,
      addresses,
      ...known
    } = nodeOf({ name: 'a' });
    expect(asked[0]).toMatchObject(known);
    expect([name, uid, providerId, createdAtSeconds, ready, addresses].length).toBe(6);
  });

  test('snapshots that were not written with the window are asked for', async () => {
    const content = { ...stored(), nodeSnapshots: [] };
    const asked: unknown[] = [];
    const store = {
      nodes: async (...given: unknown[]) => {
        asked.push(given);
        return stored().nodeSnapshots;
      },
    };
    const { sources } = fakeCoefficients({ zone: 'DE' });
    const at = await new PlaceCoefficientsFinder('c', sources, store, null).forWindow(content);
    expect(content.rows.filter(({ node }) => node !== '').map((row) => at(row).emapsZone)).not.toContain('WORLD');
    expect(asked).toEqual([[['c'], { startSeconds: HOUR.startSeconds, endSeconds: HOUR.startSeconds + 3600 }]]);
  });

  test('a place that is not of the window is an error of ours', async () => {
    const at = await new PlaceCoefficientsFinder('c', fakeCoefficients().sources, noNodes, null).forWindow(stored());
    const other = { node: 'z', provider: 'aws', nodeZone: null, emapsZone: 'FR' };
    expect(() => at(other)).toThrow('No coefficients were looked up for z');
  });
});

describe('labels of nodes', () => {
  const logged: string[] = [];
  const log = {
    debug: () => {},
    info: () => {},
    error: () => {},
    warn: (_: object | string, text?: string) => void logged.push(text ?? ''),
  };
  const never = new AbortController().signal;
  const deps = (connect: () => Promise<never>): Parameters<typeof nodeLabels>[3] =>
    ({ log, choicesOf: connect, directory: { connect } }) as unknown as Parameters<typeof nodeLabels>[3];

  test('are not asked for where no zone may move', async () => {
    const refuse = deps(() => Promise.reject(new Error('asked')));
    expect(await nodeLabels('one', 'pue', byLabel().sources, refuse, never)).toBeNull();
    expect(await nodeLabels('one', 'zone', fakeCoefficients().sources, refuse, never)).toBeNull();
    expect(logged).toEqual([]);
  });

  test('of a cluster that is not to be reached are not known, and it is said', async () => {
    const refuse = deps(() => Promise.reject(new Error('no route')));
    expect(await nodeLabels('one', 'zone', byLabel().sources, refuse, never)).toBeNull();
    expect(logged[0]).toContain('Nodes keep their grid zones of the past');
  });
});
