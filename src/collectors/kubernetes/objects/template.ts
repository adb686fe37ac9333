import { type QosClass, qosClassOf } from '../../../core/kubernetes/qos.ts';
import type { SeenTemplate } from '../../../model/kubernetes/seen.ts';
import { cpuMillicores, wholeQuantity } from '../../../model/quantity.ts';
import type { ContainerResources } from '../../../model/scheduling.ts';
import type { RawWorkload } from './schemas.ts';

type RawTemplate = NonNullable<NonNullable<RawWorkload['spec']>['template']>;
type RawContainer = NonNullable<NonNullable<RawTemplate['spec']>['containers']>[number];

/** What a workload makes its pods of: containers and sidecars with requests and limits, and when it does. */
export function templateOf(spec: RawWorkload['spec']): SeenTemplate {
  const podSpec = (spec?.template ?? spec?.jobTemplate?.spec?.template)?.spec;
  const init = podSpec?.initContainers ?? [];
  const main = podSpec?.containers ?? [];
  const isSidecar = ({ restartPolicy }: RawContainer) => restartPolicy === 'Always';
  return {
    containers: [
      ...init.filter(isSidecar).map((each) => resourcesOf(each, true)),
      ...main.map((each) => resourcesOf(each, false)),
    ],
    qosClass: qosOf(podSpec?.resources, [...init, ...main]),
    schedule: spec?.schedule ?? null,
    timeZone: spec?.timeZone || null,
    suspended: spec?.suspend === true,
  };
}

/** Requests and limits of the whole pod, where it sets some, stand before those of its containers. */
function qosOf(podLevel: RawContainer['resources'], containers: readonly RawContainer[]): QosClass {
  const isSet = Object.keys({ ...podLevel?.requests, ...podLevel?.limits }).length > 0;
  const whole = isSet ? [{ name: '', image: undefined, restartPolicy: undefined, resources: podLevel }] : containers;
  return qosClassOf(whole.map((each) => resourcesOf(each, false)));
}

function resourcesOf({ name, resources }: RawContainer, isSidecar: boolean): ContainerResources {
  const amount = (text: string | undefined, parse: (text: string) => number) =>
    text === undefined ? null : parse(text);
  return {
    name,
    isSidecar,
    cpuRequestMillicores: amount(resources?.requests?.cpu, cpuMillicores),
    cpuLimitMillicores: amount(resources?.limits?.cpu, cpuMillicores),
    memoryRequestBytes: amount(resources?.requests?.memory, wholeQuantity),
    memoryLimitBytes: amount(resources?.limits?.memory, wholeQuantity),
  };
}
