import { expect, test } from 'vitest';
import { rankOpenCostServices } from '../../../../src/collectors/discovery/rank-opencost.ts';
import { readService } from '../../../../src/collectors/kubernetes/inventory/service.ts';
import type { ServiceDescription } from '../../../../src/model/inventory.ts';
import { recordedItems } from '../../../fakes/kubernetes/recordings.ts';

const service = (
  name: string,
  ports: readonly (readonly [string | null, number])[],
  labels: Record<string, string> = {},
): ServiceDescription => ({
  namespace: 'costs',
  name,
  labels,
  ports: ports.map(([portName, port]) => ({ name: portName, port })),
});

test('finds the OpenCost of the recorded cluster', () => {
  const services = recordedItems('services').flatMap((raw) => readService(raw) ?? []);
  expect(rankOpenCostServices(services)).toMatchObject([{ name: 'opencost', port: 9003, scheme: 'http' }]);
});

test('knows the charts: OpenCost before Kubecost, the API before the page', () => {
  const ranked = rankOpenCostServices([
    service('kubecost-cost-analyzer', [['tcp-frontend', 9090]], { app: 'cost-analyzer' }),
    service('my-opencost', [['http', 8080]]),
    service('opencost', [
      ['http-ui', 9090],
      ['http', 9003],
    ]),
  ]);
  expect(ranked.map(({ name, port, pathPrefix }) => [name, port, pathPrefix])).toEqual([
    ['opencost', 9003, ''],
    ['my-opencost', 8080, ''],
    ['kubecost-cost-analyzer', 9090, '/model'],
  ]);
  expect(rankOpenCostServices([service('cost-api', [['tcp-model', 9003]], { app: 'cost-analyzer' })])).toMatchObject([
    { port: 9003, pathPrefix: '' },
  ]);
});

test('leaves its neighbours alone, and what has no port to ask', () => {
  const others = [
    service('opencost-ui', [['http', 9090]]),
    service('kubecost-prometheus-server', [['http', 80]]),
    service('kubecost-grafana', [['http', 80]]),
    service('opencost', [['metrics', 9100]]),
    service('opencost', []),
    service('opencosta', [['http', 9003]]),
    service('prometheus-server', [['http', 80]]),
  ];
  expect(rankOpenCostServices(others)).toEqual([]);
});

test('a Service that speaks TLS is asked so', () => {
  const labels = { 'app.kubernetes.io/name': 'opencost' };
  const tls = service('costs', [['https', 443]], labels);
  expect(rankOpenCostServices([tls])).toEqual([]);
  expect(rankOpenCostServices([service('costs', [['api', 443]], labels)])).toMatchObject([{ scheme: 'https' }]);
});
