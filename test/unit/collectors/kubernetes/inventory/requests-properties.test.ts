import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { podRequests } from '../../../../../src/collectors/kubernetes/inventory/requests.ts';
import { cpuMillicores, parseQuantity, wholeQuantity } from '../../../../../src/model/quantity.ts';

const container = (isSidecar: boolean) =>
  fc.nat(4_000).map((cpu) => ({
    resources: { requests: { cpu: `${cpu}m` } },
    restartPolicy: isSidecar ? 'Always' : undefined,
  }));
const pods = fc.record({
  nodeName: fc.constant(undefined),
  containers: fc.array(container(false), { maxLength: 5 }),
  initContainers: fc.array(fc.oneof(container(false), container(true)), { maxLength: 5 }),
  resources: fc.constant(null),
  overhead: fc.constant(null),
});
const millicores = (one: { resources: { requests: { cpu: string } } }) => cpuMillicores(one.resources.requests.cpu);

describe('podRequests, for any pod', () => {
  it('never reserves less than running needs, nor than any one init container', () => {
    fc.assert(
      fc.property(pods, (pod) => {
        const { cpuMillicores: reserved } = podRequests(pod);
        const sidecars = pod.initContainers.filter((one) => one.restartPolicy === 'Always');
        const running = [...pod.containers, ...sidecars].reduce((sum, one) => sum + millicores(one), 0);
        const peak = Math.max(0, ...pod.initContainers.map(millicores));
        expect(reserved).toBeGreaterThanOrEqual(Math.max(running, peak));
        const all = [...pod.containers, ...pod.initContainers].reduce((sum, one) => sum + millicores(one), 0);
        expect(reserved).toBeLessThanOrEqual(all);
      }),
    );
  });

  it('is the plain sum where there are no init containers', () => {
    fc.assert(
      fc.property(pods, (pod) => {
        const { cpuMillicores: reserved } = podRequests({ ...pod, initContainers: null });
        expect(reserved).toBe(pod.containers.reduce((sum, one) => sum + millicores(one), 0));
      }),
    );
  });
});

describe('quantities, for any number', () => {
  it('read back what was written, in each spelling', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (count) => {
        expect(cpuMillicores(`${count}m`)).toBe(count);
        expect(cpuMillicores(String(count))).toBe(count * 1000);
        expect(wholeQuantity(`${count}Ki`)).toBe(count * 1024);
        expect(wholeQuantity(`${count}k`)).toBe(count * 1000);
        expect(wholeQuantity(`${count}e3`)).toBe(count * 1000);
      }),
    );
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseQuantity(text);
        expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
