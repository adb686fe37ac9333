import type { NodeSnapshot } from '../../model/results.ts';

/** What a node is, without who and when. */
export type NodeFacts = Omit<NodeSnapshot, 'clusterId' | 'name' | 'snapshotAtSeconds'>;

/** The facts of a snapshot as JSON with its keys in one order, so that equal facts are equal text. */
export function nodeFactsOf(snapshot: NodeSnapshot): string {
  const facts: NodeFacts = {
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
