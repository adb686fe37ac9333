import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import type { StateAnswers } from '../../../../src/collectors/prometheus/past-pods.ts';

/** Answers of kube-state-metrics, none where not given. */
export function stateAnswers(given: Partial<Record<keyof StateAnswers, readonly Series[]>> = {}): StateAnswers {
  return {
    podInfo: [],
    podOwner: [],
    replicaSetOwner: [],
    jobOwner: [],
    requests: [],
    initRequests: [],
    otherPhases: [],
    podTimes: [],
    gonePods: [],
    restarts: [],
    nodeInfo: [],
    nodesAtEnd: [],
    nodeFigures: [],
    nodeLabels: [],
    ...given,
  };
}
