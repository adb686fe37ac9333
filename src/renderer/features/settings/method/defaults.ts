import type { PriceField } from './method-draft.ts';

/** A price that serves where a person set none, and how it reads in the form. */
export interface PriceLine {
  readonly field: PriceField;
  readonly label: string;
  readonly suffix: string;
  /** In US dollars; what Podwatt begins with. */
  readonly byDefault: string;
}

export const DEFAULT_CURRENCY = 'USD';

export const PRICE_LINES: readonly PriceLine[] = [
  { field: 'cpu_core_hour', label: 'CPU', suffix: 'a core and hour', byDefault: '0.04' },
  { field: 'memory_gb_hour', label: 'Memory', suffix: 'a GB and hour', byDefault: '0.005' },
  { field: 'storage_gb_hour', label: 'Storage', suffix: 'a GB and hour', byDefault: '0.0001' },
  { field: 'network_gb', label: 'Network', suffix: 'a GB', byDefault: '0.05' },
  { field: 'gpu_hour', label: 'GPU', suffix: 'a GPU and hour', byDefault: '1' },
];

/** Providers that a rule can name, in words. */
export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  aws: 'AWS',
  gcp: 'Google Cloud',
  azure: 'Azure',
  ovh: 'OVH',
  scaleway: 'Scaleway',
  digitalocean: 'DigitalOcean',
  hetzner: 'Hetzner',
  ibm: 'IBM',
  linode: 'Linode',
  oracle: 'Oracle',
  alibaba: 'Alibaba',
  exoscale: 'Exoscale',
  onprem: 'Own hardware',
  unknown: 'Not known',
};

export const PUE_HELP =
  'AWS 1.15, Google Cloud 1.09, Azure 1.18, own hardware 1.58, or what is published for the region. Source: bundled table of provider reports.';
