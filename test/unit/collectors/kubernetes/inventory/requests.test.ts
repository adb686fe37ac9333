import { describe, expect, it } from 'vitest';
import { podLimit, podRequests } from '../../../../../src/collectors/kubernetes/inventory/requests.ts';

const asks = (cpu?: string, memory?: string) => ({
  resources: { requests: { ...(cpu ? { cpu } : {}), ...(memory ? { memory } : {}) } },
  restartPolicy: undefined,
});
const sidecar = (cpu?: string, memory?: string) => ({ ...asks(cpu, memory), restartPolicy: 'Always' });
const spec = (parts: Partial<Parameters<typeof podRequests>[0]>) => ({
  nodeName: undefined,
  containers: [],
  initContainers: null,
  resources: null,
  overhead: null,
  ...parts,
});
const cpu = (parts: Parameters<typeof spec>[0]) => podRequests(spec(parts)).cpuMillicores;

describe('podRequests', () => {
  it('sums containers, each resource for itself', () => {
    expect(podRequests(spec({ containers: [asks('100m', '64Mi'), asks(undefined, '1Gi'), asks('0.5')] }))).toEqual({
      cpuMillicores: 600,
      memoryBytes: 1088 * 1024 ** 2,
    });
  });

  it('takes the largest init container where that is more than the containers', () => {
    expect(cpu({ containers: [asks('150m')], initContainers: [asks('500m'), asks('400m')] })).toBe(500);
    expect(cpu({ containers: [asks('600m')], initContainers: [asks('500m'), asks('400m')] })).toBe(600);
  });

  it('adds sidecars to the containers', () => {
    expect(cpu({ containers: [asks('100m')], initContainers: [sidecar('15m')] })).toBe(115);
  });

  it('adds to an init container only the sidecars that were started before it', () => {
    expect(cpu({ containers: [asks('100m')], initContainers: [asks('500m'), sidecar('200m')] })).toBe(500);
    expect(cpu({ containers: [asks('100m')], initContainers: [sidecar('200m'), asks('500m')] })).toBe(700);
    expect(cpu({ containers: [], initContainers: [sidecar('200m'), asks('100m'), sidecar('300m')] })).toBe(500);
  });

  it('obeys the pod level where it is set, resource by resource', () => {
    const parts = { containers: [asks('100m', '64Mi')], resources: { requests: { cpu: '250m' } } };
    expect(podRequests(spec(parts))).toEqual({ cpuMillicores: 250, memoryBytes: 64 * 1024 ** 2 });
  });

  it('adds overhead last', () => {
    const overhead = { cpu: '250m', memory: '120Mi' };
    expect(cpu({ containers: [asks('100m')], overhead })).toBe(350);
    expect(cpu({ containers: [asks('100m')], resources: { requests: { cpu: '1' } }, overhead })).toBe(1250);
  });

  it('is 0 for a pod that asks for nothing', () => {
    expect(podRequests(spec({ containers: [asks()] }))).toEqual({ cpuMillicores: 0, memoryBytes: 0 });
    expect(podRequests(spec({ containers: null }))).toEqual({ cpuMillicores: 0, memoryBytes: 0 });
  });
});

describe('podLimit', () => {
  const limits = (cpu?: string, restartPolicy?: string) => ({
    resources: { limits: cpu === undefined ? {} : { cpu } },
    restartPolicy,
  });
  const limit = (parts: Parameters<typeof spec>[0]) => podLimit(spec(parts), 'cpu');

  it('sums containers and sidecars, and takes an init container beside its sidecars where that is more', () => {
    expect(limit({ containers: [limits('1'), limits('500m')] })).toBe(1500);
    expect(limit({ containers: [limits('1')], initContainers: [limits('200m', 'Always')] })).toBe(1200);
    expect(limit({ containers: [limits('1')], initContainers: [limits('200m', 'Always'), limits('2')] })).toBe(2200);
    expect(limit({ containers: [limits('1')], initContainers: [limits('2'), limits('200m', 'Always')] })).toBe(2000);
  });

  it('is the pod level where that is set, and requests have no say', () => {
    const containers = [{ ...limits('1'), resources: { limits: { cpu: '1' }, requests: { cpu: '7' } } }];
    expect(limit({ containers })).toBe(1000);
    expect(limit({ containers, resources: { limits: { cpu: '300m' }, requests: { cpu: '9' } } })).toBe(300);
    expect(limit({ containers, resources: { limits: { memory: '1Gi' } } })).toBe(1000);
  });

  it('has the overhead on top of a limit, and is none where only overhead is told', () => {
    const overhead = { cpu: '250m' };
    expect(limit({ containers: [limits('1')], overhead })).toBe(1250);
    expect(limit({ containers: [limits()], overhead })).toBe(0);
  });
});
