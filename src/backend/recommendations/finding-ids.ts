import { v5 } from 'uuid';

/** Fixed for ever: ids of stored recommendations depend on it. */
const RECOMMENDATIONS = '6d1a0c52-8e0b-5a64-9b1f-7c3f5b0e2d91';

/** Id of a finding or plan by its parts; no part of a Kubernetes name holds a slash. */
export function findingIdOf(parts: readonly string[]): string {
  return v5(parts.join('/'), RECOMMENDATIONS);
}
