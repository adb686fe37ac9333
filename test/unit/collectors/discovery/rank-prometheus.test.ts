import { describe, expect, it } from 'vitest';
import { rankPrometheusServices } from '../../../../src/collectors/discovery/rank-prometheus.ts';
import { readService } from '../../../../src/collectors/kubernetes/inventory/service.ts';
import type { ServiceDescription } from '../../../../src/model/inventory.ts';
import { recordedItems } from '../../../fakes/kubernetes/recordings.ts';

function service(
  name: string,
  ports: Readonly<Record<string, number>>,
  labels: Readonly<Record<string, string>> = {},
  namespace = 'monitoring',
): ServiceDescription {
  return {
    namespace,
    name,
    labels,
    ports: Object.entries(ports).map(([portName, port]) => ({ name: portName, port })),
  };
}

const names = (services: readonly ServiceDescription[]) =>
  rankPrometheusServices(services).map((candidate) => candidate.name);

const operatorLabels = (app: string) => ({ app, 'app.kubernetes.io/part-of': 'kube-prometheus-stack' });

describe('rankPrometheusServices', () => {
  it('finds the one of the recorded cluster', () => {
    const services = recordedItems('services')
      .map(readService)
      .filter((one) => one !== null);
    expect(rankPrometheusServices(services)).toEqual([
      {
        namespace: 'monitoring',
        name: 'prometheus-server',
        port: 80,
        scheme: 'http',
        pathPrefix: '',
        kind: 'prometheus',
        score: 127,
      },
    ]);
  });

  it('knows kube-prometheus-stack, its neighbours left out, the headless Service last', () => {
    const services = [
      service(
        'kps-kube-prometheus-stack-alertmanager',
        { 'http-web': 9093 },
        operatorLabels('kube-prometheus-stack-alertmanager'),
      ),
      service('kps-kube-prometheus-stack-operator', { https: 443 }, operatorLabels('kube-prometheus-stack-operator')),
      service('prometheus-operated', { 'http-web': 9090 }, { 'operated-prometheus': 'true' }),
      service(
        'kps-kube-prometheus-stack-prometheus',
        { 'http-web': 9090, 'reloader-web': 8080 },
        operatorLabels('kube-prometheus-stack-prometheus'),
      ),
      service(
        'kps-prometheus-node-exporter',
        { 'http-metrics': 9100 },
        { 'app.kubernetes.io/name': 'prometheus-node-exporter' },
      ),
      service('kps-kube-state-metrics', { http: 8080 }, { 'app.kubernetes.io/name': 'kube-state-metrics' }),
      service('kps-grafana', { 'http-web': 80 }, { 'app.kubernetes.io/name': 'grafana' }),
      service(
        'kps-kube-prometheus-stack-coredns',
        { 'http-metrics': 9153 },
        operatorLabels('kube-prometheus-stack-coredns'),
        'kube-system',
      ),
      service('kps-kube-prometheus-stack-kubelet', { 'https-metrics': 10250 }, {}, 'kube-system'),
    ];
    expect(names(services)).toEqual(['kps-kube-prometheus-stack-prometheus', 'prometheus-operated']);
    expect(rankPrometheusServices(services)[0]).toMatchObject({ port: 9090, scheme: 'http', pathPrefix: '' });
  });

  it('knows prometheus-community/prometheus', () => {
    const label = (name: string, component = '') => ({
      'app.kubernetes.io/name': name,
      ...(component === '' ? {} : { 'app.kubernetes.io/component': component }),
    });
    expect(
      names([
        service('prometheus-prometheus-pushgateway', { http: 9091 }, label('prometheus-pushgateway')),
        service('prometheus-alertmanager', { http: 9093 }, label('alertmanager')),
        service('prometheus-alertmanager-headless', { http: 9093 }, label('alertmanager')),
        service('prometheus-prometheus-node-exporter', { metrics: 9100 }, label('prometheus-node-exporter', 'metrics')),
        service('prometheus-kube-state-metrics', { http: 8080 }, label('kube-state-metrics', 'metrics')),
        service('prometheus-server', { http: 80 }, label('prometheus', 'server')),
      ]),
    ).toEqual(['prometheus-server']);
  });

  it('knows bitnami', () => {
    const labels = (component: string) => ({
      'app.kubernetes.io/name': 'kube-prometheus',
      'app.kubernetes.io/component': component,
    });
    const ranked = rankPrometheusServices([
      service('mon-kube-prometheus-alertmanager', { http: 9093 }, labels('alertmanager')),
      service('mon-kube-prometheus-operator', { http: 8080 }, labels('operator')),
      service('mon-kube-prometheus-prometheus', { http: 9090 }, labels('prometheus')),
      service('mon-kube-prometheus-prometheus-thanos', { grpc: 10901 }, labels('prometheus')),
    ]);
    expect(ranked.map((one) => one.name)).toEqual(['mon-kube-prometheus-prometheus']);
  });

  it('knows OpenShift: TLS on 9091, prometheus-k8s and thanos-querier', () => {
    const ranked = rankPrometheusServices([
      service('alertmanager-main', { web: 9094, tenancy: 9092 }, {}, 'openshift-monitoring'),
      service(
        'prometheus-k8s',
        { web: 9091, metrics: 9092 },
        { 'app.kubernetes.io/name': 'prometheus' },
        'openshift-monitoring',
      ),
      service(
        'thanos-querier',
        { web: 9091, tenancy: 9092 },
        { 'app.kubernetes.io/name': 'thanos-query' },
        'openshift-monitoring',
      ),
      service('prometheus-operator', { https: 8443 }, {}, 'openshift-monitoring'),
      service('prometheus-adapter', { https: 443 }, {}, 'openshift-monitoring'),
    ]);
    expect(ranked.map((one) => [one.name, one.port, one.scheme, one.kind])).toEqual([
      ['prometheus-k8s', 9091, 'https', 'prometheus'],
      ['thanos-querier', 9091, 'https', 'thanos'],
    ]);
  });

  it('knows Victoria Metrics, single and cluster, with the path of its tenant', () => {
    const ranked = rankPrometheusServices([
      service(
        'vm-victoria-metrics-single-server',
        { http: 8428 },
        { 'app.kubernetes.io/name': 'victoria-metrics-single' },
      ),
      service('vmselect-main', { http: 8481 }, { 'app.kubernetes.io/name': 'vmselect' }),
      service('vminsert-main', { http: 8480 }, { 'app.kubernetes.io/name': 'vminsert' }),
      service('vmsingle-main', { http: 8429 }, { 'app.kubernetes.io/name': 'vmsingle' }),
    ]);
    expect(ranked.map((one) => [one.name, one.port, one.pathPrefix])).toEqual([
      ['vm-victoria-metrics-single-server', 8428, ''],
      ['vmsingle-main', 8429, ''],
      ['vmselect-main', 8481, '/select/0/prometheus'],
    ]);
  });

  it('knows Mimir by its gateway, then its query front end', () => {
    const labels = (component: string) => ({
      'app.kubernetes.io/name': 'mimir',
      'app.kubernetes.io/component': component,
    });
    const ranked = rankPrometheusServices([
      service('mimir-distributor', { 'http-metrics': 8080 }, labels('distributor')),
      service('mimir-query-frontend', { 'http-metrics': 8080 }, labels('query-frontend')),
      service('mimir-store-gateway', { 'http-metrics': 8080 }, labels('store-gateway')),
      service('mimir-gateway', { 'http-metric': 80 }, labels('gateway')),
    ]);
    expect(ranked.map((one) => [one.name, one.pathPrefix])).toEqual([
      ['mimir-gateway', '/prometheus'],
      ['mimir-query-frontend', '/prometheus'],
    ]);
  });

  it('takes a Thanos query front for what it is, and its stores and sidecars not', () => {
    expect(
      names([
        service('thanos-query', { http: 9090, grpc: 10901 }, { 'app.kubernetes.io/name': 'thanos-query' }),
        service('thanos-store', { http: 10902 }, { 'app.kubernetes.io/name': 'thanos-store' }),
        service('thanos-compact', { http: 10902 }, { 'app.kubernetes.io/name': 'thanos-compact' }),
        service('kps-thanos-discovery', { grpc: 10901 }),
      ]),
    ).toEqual(['thanos-query']);
  });

  it('leaves out Services without a fitting port, and orders equals by namespace and name', () => {
    expect(names([service('prometheus', { grpc: 10901 }), service('prometheus', {})])).toEqual([]);
    const twice = [service('prometheus', { web: 9090 }, {}, 'b'), service('prometheus', { web: 9090 }, {}, 'a')];
    expect(rankPrometheusServices(twice).map((one) => one.namespace)).toEqual(['a', 'b']);
    expect(rankPrometheusServices(twice.toReversed()).map((one) => one.namespace)).toEqual(['a', 'b']);
  });
});
