import { describe, expect, it } from 'vitest';
import { createNodeNames, hostOf } from '../../../../src/collectors/prometheus/node-names.ts';
import { integrationSpec } from '../../../fixtures/prometheus/integration-spec.ts';
import { inventoryOf } from '../../../fixtures/prometheus/inventory.ts';
import { series } from './fake-client.ts';

const spec = integrationSpec(0);
const { nodes } = inventoryOf(spec, spec.endSeconds);

describe('createNodeNames', () => {
  const names = createNodeNames(nodes, [
    series({ node: 'gone-1', internal_ip: '10.0.0.99' }, [1, 1]),
    series({ exported_node: 'gone-2', node: 'node-a', internal_ip: '10.0.0.98' }, [1, 1]),
  ]);

  it('takes the node label, also of a node that is gone', () => {
    expect(names.nodeOf({ node: 'node-b', instance: '10.0.0.10:10250' })).toBe('node-b');
    expect(names.nodeOf({ node: 'long-gone' })).toBe('long-gone');
    expect(names.nodeOf({ kubernetes_node: 'node-c' })).toBe('node-c');
  });

  it('prefers the label that a scrape without honor_labels renamed', () => {
    expect(names.nodeOf({ exported_node: 'node-d', node: 'node-a' })).toBe('node-d');
  });

  it('joins an instance by address, by name, and by kube_node_info', () => {
    expect(names.nodeOf({ instance: '10.0.0.11:9100' })).toBe('node-b');
    expect(names.nodeOf({ instance: 'node-c' })).toBe('node-c');
    expect(names.nodeOf({ instance: '10.0.0.99:9100' })).toBe('gone-1');
    expect(names.nodeOf({ instance: '10.0.0.98:9100' })).toBe('gone-2');
    expect(names.nodeOf({ kubernetes_io_hostname: 'node-a', instance: 'elsewhere' })).toBe('node-a');
  });

  it('does not make a node of a machine outside the cluster', () => {
    expect(names.nodeOf({ instance: '192.168.7.7:9100' })).toBeNull();
    expect(names.nodeOf({})).toBeNull();
  });

  it('gives an address that changed hands to its holder of now', () => {
    const moved = createNodeNames(nodes, [series({ node: 'old', internal_ip: '10.0.0.10' }, [1, 1])]);
    expect(moved.nodeOf({ instance: '10.0.0.10:9100' })).toBe('node-a');
  });

  it('takes the host itself where no node is known at all', () => {
    expect(createNodeNames([], []).nodeOf({ instance: 'worker-1:9100' })).toBe('worker-1');
  });
});

describe('hostOf', () => {
  it.each([
    ['10.0.0.1:9100', '10.0.0.1'],
    ['node-a', 'node-a'],
    ['[fd00::1]:10250', 'fd00::1'],
    ['fd00::1', 'fd00::1'],
    ['https://10.0.0.1:10250/metrics', '10.0.0.1'],
  ])('%s is %s', (instance, host) => {
    expect(hostOf(instance)).toBe(host);
  });
});
