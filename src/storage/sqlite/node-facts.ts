import * as z from 'zod';
import type { NodeSnapshot } from '../../model/results.ts';

const NodeFacts = z.object({
  instanceType: z.string().nullable(),
  provider: z.string(),
  region: z.string().nullable(),
  zone: z.string().nullable(),
  emapsZone: z.string(),
  cpuCapacityMillicores: z.number(),
  memoryCapacityBytes: z.number(),
  architecture: z.string().nullable(),
  os: z.string().nullable(),
  embodiedKilograms: z.number(),
});

/** What a node is, without who and when: JSON with its keys in one order, so that equal facts are equal text. */
export function nodeFactsOf(snapshot: NodeSnapshot): string {
  const facts: z.infer<typeof NodeFacts> = {
    instanceType: snapshot.instanceType,
    provider: snapshot.provider,
    region: snapshot.region,
    zone: snapshot.zone,
    emapsZone: snapshot.emapsZone,
    cpuCapacityMillicores: snapshot.cpuCapacityMillicores,
    memoryCapacityBytes: snapshot.memoryCapacityBytes,
    architecture: snapshot.architecture,
    os: snapshot.os,
    embodiedKilograms: snapshot.embodiedKilograms,
  };
  return JSON.stringify(facts);
}

/** The reverse of `nodeFactsOf`. */
export function snapshotOf(facts: string, clusterId: string, name: string, snapshotAtSeconds: number): NodeSnapshot {
  return { clusterId, snapshotAtSeconds, name, ...NodeFacts.parse(JSON.parse(facts)) };
}
