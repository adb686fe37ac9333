import type { ServiceDescription } from '../../model/inventory.ts';
import type { ServiceCandidate } from './service-candidate.ts';

interface Shape {
  readonly kind: ServiceCandidate['kind'];
  readonly score: number;
  readonly pathPrefix: string;
  /** Ports that such a Service answers queries on, by name and by number, best first. */
  readonly portNames: readonly string[];
  readonly ports: readonly number[];
}

const PROMETHEUS_PORTS = { portNames: ['http-web', 'web', 'http', 'prometheus', 'https'], ports: [9090, 80, 443] };

/**
 * Words in a Service's name or labels that say: this is a neighbour of Prometheus, not the one that answers queries. Written as
 * whole words between dashes.
 */
const NEIGHBOURS =
  /(^|-)(alertmanager|node-exporter|exporter|blackbox|operator|pushgateway|push-gateway|kube-state-metrics|adapter|webhook|config-reloader|sidecar|grafana|ruler|compactor|compact|storegateway|store-gateway|store|receive|bucketweb|distributor|ingester|querier-headless|vminsert|vmstorage|vmalert|vmagent|vmauth|overrides|rollout|kubelet|coredns|etcd|kube-proxy|kube-scheduler|kube-controller-manager|memcached|cache|minio|discovery|gossip|headless|tls-proxy-tenancy)(-|$)/;

/**
 * The Services of a cluster that may answer Prometheus queries, best first. By name, labels and ports only; nothing is asked here.
 * Shapes: kube-prometheus-stack, prometheus-community/prometheus, bitnami, OpenShift, Victoria Metrics, Thanos, Mimir.
 */
export function rankPrometheusServices(services: readonly ServiceDescription[]): readonly ServiceCandidate[] {
  return services
    .map(candidateOf)
    .filter((candidate) => candidate !== null)
    .toSorted((a, b) => b.score - a.score || a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

function candidateOf(service: ServiceDescription): ServiceCandidate | null {
  if (service.ports.length === 0) return null;
  const name = service.name.toLowerCase();
  const component = (service.labels['app.kubernetes.io/component'] ?? service.labels.component ?? '').toLowerCase();
  const shape = shapeOf(name, component, appOf(service));
  if (shape === null) return null;
  const port = portOf(service, shape);
  if (port === null) return null;
  return {
    namespace: service.namespace,
    name: service.name,
    port: port.port,
    scheme: isTls(port) ? 'https' : 'http',
    pathPrefix: shape.pathPrefix,
    kind: shape.kind,
    score: shape.score + port.bonus + namespaceBonus(service.namespace),
  };
}

/** What the labels say the Service belongs to. */
function appOf(service: ServiceDescription): string {
  const { labels } = service;
  return (labels['app.kubernetes.io/name'] ?? labels.app ?? labels['k8s-app'] ?? '').toLowerCase();
}

function shapeOf(name: string, component: string, app: string): Shape | null {
  if (/(^|-)(vmselect)(-|$)/.test(name) || app === 'vmselect') {
    return {
      kind: 'victoria-metrics',
      score: 70,
      pathPrefix: '/select/0/prometheus',
      portNames: ['http'],
      ports: [8481],
    };
  }
  if (
    /(^|-)(vmsingle|victoria-metrics-single|victoriametrics)(-|$)/.test(name) ||
    app === 'vmsingle' ||
    app === 'victoria-metrics-single'
  ) {
    return { kind: 'victoria-metrics', score: 75, pathPrefix: '', portNames: ['http'], ports: [8428, 8429] };
  }
  const isMimir = /(^|-)mimir(-|$)/.test(name) || app === 'mimir';
  if (isMimir) return mimirShape(name, component);
  if (isNeighbour(name, component, app)) return null;
  if (name.includes('thanos') || app.startsWith('thanos')) {
    const isQuery = /(^|-)(querier|query-frontend|query)(-|$)/.test(`${name}-${component}`);
    return isQuery
      ? {
          kind: 'thanos',
          score: 60,
          pathPrefix: '',
          portNames: ['http', 'web', 'http-query'],
          ports: [9090, 10902, 9091],
        }
      : null;
  }
  if (app === 'prometheus' || app === 'kube-prometheus-stack-prometheus' || app.endsWith('-prometheus')) {
    return { kind: 'prometheus', score: 100 + nameBonus(name), pathPrefix: '', ...PROMETHEUS_PORTS };
  }
  if (/(^|-)prometheus(-|$)/.test(name)) {
    return { kind: 'prometheus', score: 80 + nameBonus(name), pathPrefix: '', ...PROMETHEUS_PORTS };
  }
  return null;
}

/** Queries enter Mimir by its gateway (or nginx), else by the query front end; all below `/prometheus`. */
function mimirShape(name: string, component: string): Shape | null {
  const part = `${name}-${component}`;
  const base = {
    kind: 'mimir',
    pathPrefix: '/prometheus',
    portNames: ['http-metric', 'http-metrics', 'http'],
    ports: [80, 8080],
  } as const;
  if (/(^|-)(nginx|gateway)(-|$)/.test(part) && !/store-gateway/.test(part)) return { ...base, score: 65 };
  if (/query-frontend/.test(part) && !/headless/.test(name)) return { ...base, score: 55 };
  return name === 'mimir' ? { ...base, score: 50 } : null;
}

function isNeighbour(name: string, component: string, app: string): boolean {
  return (
    NEIGHBOURS.test(name) || NEIGHBOURS.test(component) || NEIGHBOURS.test(app.replace(/^kube-prometheus-stack-/, ''))
  );
}

/** The well-known names of the charts; the operator's governing Service works too, but is headless. */
function nameBonus(name: string): number {
  if (name === 'prometheus-server' || name.endsWith('-prometheus-server')) return 20;
  if (name === 'prometheus' || name === 'prometheus-k8s' || name.endsWith('-prometheus')) return 15;
  return name === 'prometheus-operated' ? -10 : 0;
}

function namespaceBonus(namespace: string): number {
  if (/^(monitoring|prometheus|observability|openshift-monitoring|kube-prometheus-stack)$/.test(namespace)) return 5;
  return /monitor|prometheus|observab|metrics/.test(namespace) ? 3 : 0;
}

type Port = ServiceDescription['ports'][number];

/** A port by its number, else by its name; a Service that only has others is no candidate. */
function portOf(service: ServiceDescription, shape: Shape): (Port & { bonus: number }) | null {
  for (const number of shape.ports) {
    const found = service.ports.find((port) => port.port === number);
    if (found !== undefined) return { ...found, bonus: number === shape.ports[0] ? 4 : 2 };
  }
  for (const name of shape.portNames) {
    const found = service.ports.find((port) => port.name === name);
    if (found !== undefined) return { ...found, bonus: 0 };
  }
  return null;
}

/** OpenShift serves queries on a port named `web` that speaks TLS: 9091. */
function isTls(port: Port): boolean {
  return port.port === 443 || port.port === 8443 || port.port === 9091 || (port.name?.startsWith('https') ?? false);
}
