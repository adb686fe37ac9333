import { percent } from './autoscaler-manifest.ts';
import { changedResources } from './patch.ts';
import { type ContainerChange, containerChanges, deedOf, type WorkloadChange } from './workload-change.ts';
import { toYaml, type YamlValue } from './yaml.ts';

/**
 * Values for the release's chart. Which keys a chart reads is its own affair: these are the ones that `helm create` makes,
 * and with several containers a block named after each; the comment says that they are a guess. Null where no release
 * owns the workload or values can't say the change.
 */
export function helmValues(change: WorkloadChange): string | null {
  const { spec, deeds } = change;
  if (spec.helmRelease === null) return null;
  const changes = containerChanges(change);
  const autoscale = deedOf(deeds, 'autoscale');
  const reschedule = deedOf(deeds, 'reschedule');
  const values: { readonly [key: string]: YamlValue } = {
    ...(deedOf(deeds, 'scaleToZero') === null ? {} : spec.kind === 'CronJob' ? { suspend: true } : { replicaCount: 0 }),
    ...(reschedule === null ? {} : { schedule: reschedule.schedule }),
    ...(autoscale === null
      ? {}
      : {
          autoscaling: {
            enabled: true,
            minReplicas: autoscale.min,
            maxReplicas: autoscale.max,
            targetCPUUtilizationPercentage: percent(autoscale),
          },
        }),
    ...resourceValues(changes, spec.containers.length === 1),
  };
  const keys = Object.keys(values);
  if (keys.length === 0) return null;
  return `# A guess: charts name their keys themselves. Look for ${keys.join(', ')} with helm show values.\n${toYaml(values)}`;
}

function resourceValues(
  changes: readonly ContainerChange[],
  isOnlyOne: boolean,
): { readonly [key: string]: YamlValue } {
  const [first] = changes;
  if (first === undefined) return {};
  if (isOnlyOne) return { resources: changedResources(first) };
  return Object.fromEntries(changes.map((each) => [each.before.name, { resources: changedResources(each) }]));
}
