import { describe, expect, it } from 'vitest';
import {
  exporterKey,
  nodeOfExporter,
  sumByExporter,
  timesByNode,
} from '../../../../src/collectors/prometheus/exporter-labels.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { integrationSpec } from '../../../fixtures/prometheus/integration-spec.ts';
import { inventoryOf } from '../../../fixtures/prometheus/inventory.ts';
import { series } from './fake-client.ts';

const END = 7200;
const inventory = inventoryOf(integrationSpec(0), 3600);
const names = createNodeNames(inventory.nodes, []);
const nodeOfPod = ({ name }: { readonly name: string }) => (name === 'kepler-x' ? 'node-c' : null);
const nodeOf = (labels: Readonly<Record<string, string>>, hostLabel = 'exported_instance') =>
  nodeOfExporter({ names, nodeOfPod }, series(labels, [END, 1]), hostLabel);

describe('nodeOfExporter', () => {
  it.each([
    ['the constant label of Kepler 0.10', { node_name: 'node-a', instance: '10.244.1.9:28282' }, 'node-a'],
    ['the same for a node that is gone since', { node_name: 'node-gone' }, 'node-gone'],
    // Its own `instance` is the node's name; a scrape without honor_labels renames it.
    ['the renamed instance of Kepler 0.9', { exported_instance: 'node-b', instance: '10.244.1.9:9102' }, 'node-b'],
    ['the kept instance of Kepler 0.9', { instance: 'node-b' }, 'node-b'],
    ['a node label of the target', { node: 'node-a', instance: '10.244.1.9:9102' }, 'node-a'],
    ['the address of its target', { instance: `${inventory.nodes[0]?.addresses[0]}:9102` }, inventory.nodes[0]?.name],
    ['its pod', { namespace: 'kepler', pod: 'kepler-x', instance: '10.244.1.9:9102' }, 'node-c'],
    ['nothing', { instance: '10.244.1.9:9102', namespace: 'kepler', pod: 'kepler-y' }, null],
  ])('goes by %s', (_, labels, node) => {
    expect(nodeOf(labels)).toBe(node);
  });
});

describe('sumByExporter', () => {
  const key = () => 'node-a';

  it('adds what one exporter told under two addresses', () => {
    const one = series({ job: 'kepler', instance: '10.0.0.1:28282', pod: 'kepler-x' }, [3600, 5], [END, 10]);
    const other = series({ job: 'kepler', instance: '10.0.0.2:28282', pod: 'kepler-y' }, [END, 7]);
    const sums = sumByExporter([one, other], key);
    expect(sums.get(3600)?.get('node-a')).toBe(5);
    expect(sums.get(END)?.get('node-a')).toBe(17);
    expect(exporterKey(one.labels)).toBe(exporterKey(other.labels));
  });

  it('takes the larger of two jobs or replicas that tell the same, never the sum', () => {
    const sums = sumByExporter(
      [
        series({ job: 'kepler' }, [END, 10]),
        series({ job: 'pods' }, [END, 9]),
        series({ job: 'kepler', prometheus_replica: 'b' }, [END, 8]),
      ],
      key,
    );
    expect(sums.get(END)?.get('node-a')).toBe(10);
  });

  it('leaves out what has no key', () => {
    expect(sumByExporter([series({}, [END, 1])], () => null).size).toBe(0);
  });
});

describe('timesByNode', () => {
  it('joins the addresses of one exporter, and takes the job with more samples', () => {
    const times = timesByNode(
      [
        series({ job: 'kepler', instance: 'a' }, [0, 0], [30, 30]),
        series({ job: 'kepler', instance: 'b' }, [60, 60], [75, 60]),
        series({ job: 'pods', instance: 'b' }, [60, 61]),
      ],
      () => 'node-a',
    );
    expect(times).toEqual(new Map([['node-a', [0, 30, 60]]]));
  });

  it('leaves out exporters of no node', () => {
    expect(timesByNode([series({}, [0, 0])], () => null).size).toBe(0);
  });
});
