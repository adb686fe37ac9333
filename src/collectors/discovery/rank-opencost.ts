import type { ServiceDescription } from '../../model/inventory.ts';

/** A Service that may be OpenCost's API, and how to ask it. */
export interface OpenCostCandidate {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** Put before `/allocation`: Kubecost serves the same API below `/model`. */
  readonly pathPrefix: string;
  readonly score: number;
}

const NEIGHBOURS = /(^|-)(ui|exporter|prometheus|grafana|webhook|operator|mcp|headless|alertmanager|forecasting)(-|$)/;
const API_PORT = 9003;

/** The Services of a cluster that may answer OpenCost's allocation API, best first; nothing is asked here. */
export function rankOpenCostServices(services: readonly ServiceDescription[]): readonly OpenCostCandidate[] {
  return services
    .map(candidateOf)
    .filter((candidate) => candidate !== null)
    .toSorted((a, b) => b.score - a.score || a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

function candidateOf(service: ServiceDescription): OpenCostCandidate | null {
  const name = service.name.toLowerCase();
  const { labels } = service;
  const app = (labels['app.kubernetes.io/name'] ?? labels.app ?? '').toLowerCase();
  const isKubecost = /(^|-)(kubecost|cost-analyzer)(-|$)/.test(name) || app === 'cost-analyzer';
  const isOpenCost = /(^|-)opencost(-|$)/.test(name) || app === 'opencost';
  if ((!isOpenCost && !isKubecost) || NEIGHBOURS.test(name.replace('cost-analyzer', ''))) return null;
  const known = service.ports.find(({ port }) => port === API_PORT);
  const named = service.ports.find((port) => port.name === 'http' || port.name === 'api' || port.name === 'tcp-model');
  const behindPage = isKubecost ? service.ports.find(({ port }) => port === 9090) : undefined;
  const port = known ?? behindPage ?? named;
  if (port === undefined) return null;
  const isNamedSo = name === 'opencost' || app === 'opencost';
  return {
    namespace: service.namespace,
    name: service.name,
    port: port.port,
    scheme: port.port === 443 || port.name === 'https' ? 'https' : 'http',
    pathPrefix: port === behindPage ? '/model' : '',
    score: (isOpenCost ? 100 : 60) + (isNamedSo ? 10 : 0) + (port === known ? 5 : 0),
  };
}
