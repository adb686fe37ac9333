import { describe, expect, it } from 'vitest';
import { pastNodes } from '../../../../src/collectors/prometheus/past-nodes.ts';
import { series } from './fake-client.ts';
import { stateAnswers } from './state-answers.ts';

const END = 7200;
const NODE = { node: 'node-a' };

describe('pastNodes', () => {
  const nodes = pastNodes(
    stateAnswers({
      nodeInfo: [series({ ...NODE, internal_ip: '10.0.0.1', provider_id: 'aws:///x/i-1' }, [END, 1])],
      nodesAtEnd: [series(NODE, [END, 5])],
      nodeFigures: [
        series({ ...NODE, what: 'capacity', resource: 'cpu' }, [END, 4]),
        series({ ...NODE, what: 'capacity', resource: 'memory' }, [END, 1000]),
        series({ ...NODE, what: 'capacity', resource: 'nvidia_com_gpu' }, [END, 2]),
        series({ ...NODE, what: 'allocatable', resource: 'cpu' }, [END, 3.92]),
        series({ ...NODE, what: 'created' }, [END, 123]),
      ],
      nodeLabels: [
        series(
          { ...NODE, label_failure_domain_beta_kubernetes_io_region: 'eu-west-3', label_kubernetes_io_arch: 'arm64' },
          [END, 1],
        ),
      ],
    }),
  );

  it('describe what is known and leave out what is not', () => {
    expect(nodes.names(END)).toEqual(['node-a']);
    expect(nodes.described(END, 'node-a')).toEqual({
      addresses: ['10.0.0.1'],
      providerId: 'aws:///x/i-1',
      cpuCapacityMillicores: 4000,
      cpuAllocatableMillicores: 3920,
      memoryCapacityBytes: 1000,
      gpuCount: 2,
      createdAtSeconds: 123,
      region: 'eu-west-3',
      architecture: 'arm64',
    });
    expect(nodes.described(END, 'node-b')).toBeNull();
    expect(nodes.described(3600, 'node-a')).toBeNull();
  });

  it('tell whether a node was still there, if anything tells', () => {
    expect(nodes.isThereAtEnd(END, 'node-a')).toBe(true);
    expect(nodes.isThereAtEnd(END, 'node-b')).toBe(false);
    expect(nodes.isThereAtEnd(3600, 'node-a')).toBeNull();
    expect(nodes.createdAtSeconds(END, 'node-a')).toBe(123);
  });
});
