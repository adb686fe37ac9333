/** Names of sources in words; a name that is not known is shown as it comes. */
const NAMES: Record<string, string> = {
  kubernetes: 'Kubernetes API',
  usage: 'Usage',
  energy: 'Energy',
  cost: 'Cost',
  grid: 'Grid intensity',
  hardware: 'Hardware',
  prometheus: 'Prometheus',
  store: 'Storage',
};

export const sourceName = (name: string): string => NAMES[name] ?? name;
