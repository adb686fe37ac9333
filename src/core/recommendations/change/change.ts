import type { Change } from '../../../model/recommendations/change.ts';
import { autoscalerManifest } from './autoscaler-manifest.ts';
import { diffLines } from './diff.ts';
import { helmValues } from './helm-values.ts';
import { kubectlLines } from './kubectl.ts';
import { isKind, isName } from './names.ts';
import { deleteManifest, patchBody, patchManifest } from './patch.ts';
import { deedOf, type WorkloadChange } from './workload-change.ts';
import { toYamlDocuments, type YamlValue } from './yaml.ts';

/** Kinds of Kubernetes itself: of others, a patch would replace the list of containers and not merge it. */
const PATCHABLE: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

/**
 * One patch, one set of commands and one set of values for everything that is to change of these workloads. Null where
 * nothing can be written down: no change, a kind that can't be patched, or a name that Kubernetes wouldn't take.
 */
export function changeOf(changes: readonly WorkloadChange[], cautions: readonly string[]): Change | null {
  if (!changes.every(isWritable)) return null;
  const documents = changes.flatMap(manifestsOf);
  if (documents.length === 0) return null;
  const values = changes.map(helmValues).filter((each) => each !== null);
  const releases = new Set(changes.flatMap(({ spec }) => (spec.helmRelease === null ? [] : [spec.helmRelease])));
  return {
    patchYaml: toYamlDocuments(documents),
    kubectl: changes.flatMap(kubectlLines).join('\n'),
    helmValuesYaml: values.length === 0 ? null : values.join('\n'),
    diff: changes.flatMap(diffLines),
    cautions: [
      ...new Set(cautions),
      ...[...releases].map(
        (name) => `Helm release ${name} owns it: set it in its values, or its next upgrade undoes it.`,
      ),
    ],
  };
}

function manifestsOf(change: WorkloadChange): { readonly [key: string]: YamlValue }[] {
  const { spec, deeds } = change;
  if (deedOf(deeds, 'delete') !== null) return [deleteManifest(spec)];
  const body = patchBody(change);
  const autoscale = deedOf(deeds, 'autoscale');
  return [
    ...(body === null ? [] : [patchManifest(spec, body)]),
    ...(autoscale === null ? [] : [autoscalerManifest(spec, autoscale)]),
  ];
}

function isWritable({ spec, edits }: WorkloadChange): boolean {
  return (
    PATCHABLE.has(spec.kind) &&
    isKind(spec.kind) &&
    isName(spec.namespace) &&
    isName(spec.name) &&
    edits.every(({ container }) => isName(container))
  );
}
