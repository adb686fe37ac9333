import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../../../src/core/ports/results-store.ts';
import {
  filterClauses,
  groupFields,
  groupIn,
  groupOf,
  KEY_FIELD,
} from '../../../../src/storage/elasticsearch/group-fields.ts';
import {
  groupKeyOf,
  labelAggregations,
  labelsIn,
  mergedLabels,
} from '../../../../src/storage/elasticsearch/group-keys.ts';
import { fitsPattern, holdsText } from '../../../../src/storage/elasticsearch/wildcards.ts';
import { nodeRow, sampleRow } from '../../../contract/storage/sample-windows.ts';

const fieldsOf = (row: ReturnType<typeof sampleRow>) => groupFields('c', groupOf({ ...row, clusterId: 'c' }));

describe('what rows are grouped by', () => {
  it('joins names to keys that no two groups share', () => {
    expect(fieldsOf(sampleRow())).toMatchObject({
      namespace_key: 'c/shop',
      workload_key: 'c/shop/Deployment/cart',
      pod_key: 'c/shop/cart-0',
      node_key: 'c/n1',
      team_key: 'checkout',
    });
  });

  it('has a pod without an owner as its own workload, and none for rows that are no pod', () => {
    const bare = fieldsOf(sampleRow({ ownerKind: null, ownerName: null, team: null }));
    expect(bare).toMatchObject({ workload: 'Pod/cart-0', team_key: '' });
    const system = fieldsOf(nodeRow('system'));
    expect(system).toMatchObject({ workload: '__system__', team_key: '__system__', workload_key: 'c/__system__' });
  });

  it('comes back from a document', () => {
    const group = groupOf(sampleRow());
    expect(groupIn({ ...groupFields('c', group), joules: 1 })).toEqual(group);
    expect(() => groupIn({ namespace: 'x' })).toThrow();
  });

  it('names every dimension', () => {
    const fields = { ...fieldsOf(sampleRow()), cluster_id: 'c' };
    for (const dimension of DIMENSIONS) expect(Object.keys(fields)).toContain(KEY_FIELD[dimension]);
  });
});

describe('keys of groups', () => {
  const none = { clusterId: null, namespace: null, ownerKind: null, ownerName: null, node: null };

  it.each([
    ['cluster', 'c', { ...none, key: 'c', clusterId: 'c' }],
    ['namespace', 'c/shop', { ...none, key: 'shop', clusterId: 'c', namespace: 'shop' }],
    ['node', 'c/n1', { ...none, key: 'n1', clusterId: 'c', node: 'n1' }],
    [
      'workload',
      'c/shop/Deployment/cart',
      {
        ...none,
        key: 'Deployment/cart',
        clusterId: 'c',
        namespace: 'shop',
        ownerKind: 'Deployment',
        ownerName: 'cart',
      },
    ],
    ['workload', 'c/__system__', { ...none, key: '__system__', clusterId: 'c', namespace: '__system__' }],
    ['pod', 'c/__system__/node/n1', { ...none, key: 'node/n1', clusterId: 'c', namespace: '__system__' }],
    ['zone', 'FR', { ...none, key: 'FR' }],
  ] as const)('of %s from %s', (by, value, expected) => {
    expect(groupKeyOf(by, value, {})).toEqual(expected);
  });

  it('have labels where all documents agree, and none where they differ', () => {
    const bucket = { l_workload: { buckets: [{ key: 'Job/j' }] }, l_node: { buckets: [{ key: 'n1' }, { key: 'n2' }] } };
    const labels = labelsIn(bucket, 'pod');
    expect(groupKeyOf('pod', 'c/shop/p', labels)).toMatchObject({ ownerKind: 'Job', ownerName: 'j', node: null });
    const merged = mergedLabels(labels, { workload: ['Job/other'], node: [] });
    expect(groupKeyOf('pod', 'c/shop/p', merged)).toMatchObject({ ownerKind: null, ownerName: null });
    expect(groupKeyOf('team', '__system__', { row_kind: ['system'] }).namespace).toBe('__system__');
    expect(groupKeyOf('team', 'a', { row_kind: ['pod'], cluster_id: ['c'] })).toMatchObject({
      namespace: null,
      clusterId: 'c',
    });
    expect(Object.keys(labelAggregations('pod'))).toEqual(['l_workload', 'l_node']);
    expect(labelAggregations(null)).toEqual({});
  });
});

describe('patterns', () => {
  it('are parts of names, with signs taken as they are', () => {
    expect(holdsText('f', 'a\\b')).toEqual({ wildcard: { f: { value: '*a\\\\b*', case_insensitive: true } } });
    expect(holdsText('f', 'a*?')).toEqual({ wildcard: { f: { value: '*a\\*\\?*', case_insensitive: true } } });
  });

  it('are globs over the whole name where they hold signs of one', () => {
    expect(fitsPattern('f', 'cart-?')).toEqual({ wildcard: { f: { value: 'cart-?', case_insensitive: true } } });
    expect(fitsPattern('f', 'cart')).toEqual(holdsText('f', 'cart'));
    expect(fitsPattern('f', 'a\\*')).toEqual({ wildcard: { f: { value: 'a\\\\*', case_insensitive: true } } });
  });
});

describe('filters', () => {
  it('compare texts of their dimension', () => {
    expect(filterClauses({ clusterIds: ['c'], workload: 'Deployment/cart', team: '' })).toEqual([
      { term: { workload: 'Deployment/cart' } },
      { term: { team_key: '' } },
    ]);
    expect(filterClauses({ clusterIds: [] })).toEqual([]);
  });
});
