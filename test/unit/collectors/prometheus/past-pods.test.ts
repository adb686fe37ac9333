import { describe, expect, it } from 'vitest';
import { pastPods, type StateAnswers } from '../../../../src/collectors/prometheus/past-pods.ts';
import { series } from './fake-client.ts';
import { stateAnswers } from './state-answers.ts';

const END = 7200;
const POD = { namespace: 'shop', pod: 'web-7d4b9c6f5-x2x2x', uid: 'u1' };
const info = series({ ...POD, node: 'node-a', created_by_kind: 'ReplicaSet', created_by_name: 'web-7d4b9c6f5' }, [
  END,
  1,
]);

function podsOf(given: Partial<Record<keyof StateAnswers, ReturnType<typeof series>[]>>) {
  return pastPods(stateAnswers(given), [END]).get(END)?.get('shop/web-7d4b9c6f5-x2x2x') ?? [];
}

describe('pastPods', () => {
  it('puts a pod together from its series', () => {
    const [pod, ...others] = podsOf({
      podInfo: [info],
      podOwner: [series({ ...POD, owner_kind: 'ReplicaSet', owner_name: 'web-7d4b9c6f5' }, [END, 1])],
      replicaSetOwner: [
        series({ namespace: 'shop', replicaset: 'web-7d4b9c6f5', owner_kind: 'Deployment', owner_name: 'web' }, [
          END,
          1,
        ]),
      ],
      requests: [series({ ...POD, resource: 'cpu' }, [END, 0.25]), series({ ...POD, resource: 'memory' }, [END, 1000])],
      initRequests: [series({ ...POD, resource: 'cpu' }, [END, 2])],
      podTimes: [
        series({ ...POD, what: 'scheduled' }, [END, 100]),
        series({ ...POD, what: 'started' }, [END, 110]),
        series({ ...POD, what: 'created' }, [END, 90]),
        series({ ...POD, what: 'completed' }, [END, 5000]),
      ],
      otherPhases: [series({ ...POD, phase: 'Succeeded' }, [END, 1])],
      gonePods: [series(POD, [END, 1])],
      restarts: [series(POD, [END, 2])],
    });
    expect(others).toEqual([]);
    expect(pod).toEqual({
      namespace: 'shop',
      name: 'web-7d4b9c6f5-x2x2x',
      uid: 'u1',
      node: 'node-a',
      hostNetwork: false,
      owner: { kind: 'Deployment', name: 'web' },
      requests: { cpuMillicores: 2000, memoryBytes: 1000 },
      phase: 'Succeeded',
      sinceSeconds: 100,
      startedAtSeconds: 110,
      finishedAtSeconds: 5000,
      gone: false,
      restartCount: 2,
    });
  });

  it('knows the cards that a pod asked for, of whatever vendor', () => {
    const [pod] = podsOf({
      podInfo: [info],
      requests: [
        series({ ...POD, resource: 'cpu' }, [END, 1]),
        series({ ...POD, resource: 'nvidia_com_gpu' }, [END, 2]),
        series({ ...POD, resource: 'gpu_intel_com_i915' }, [END, 1]),
      ],
    });
    expect(pod?.requests).toEqual({ cpuMillicores: 1000, memoryBytes: 0, gpus: 3 });
  });

  it('takes a pod for gone only if others stayed', () => {
    const stays = series({ namespace: 'shop', pod: 'other', uid: 'u9', node: 'node-a' }, [END, 1]);
    expect(podsOf({ podInfo: [info, stays], gonePods: [series(POD, [END, 1])] })[0]?.gone).toBe(true);
    expect(podsOf({ podInfo: [info], gonePods: [series(POD, [END, 1])] })[0]?.gone).toBe(false);
  });

  it('leaves null what is not told', () => {
    expect(podsOf({ podInfo: [info] })[0]).toMatchObject({
      requests: null,
      phase: null,
      sinceSeconds: null,
      finishedAtSeconds: null,
    });
  });

  it('runs if it is in no other phase and phases are known', () => {
    const elsewhere = series({ namespace: 'shop', pod: 'other', uid: 'u2', phase: 'Pending' }, [END, 1]);
    expect(podsOf({ podInfo: [info], otherPhases: [elsewhere] })[0]?.phase).toBe('Running');
  });

  it('takes the series with a node of a pod that was bound in the window', () => {
    const pending = series({ ...POD, node: '' }, [END, 1]);
    expect(podsOf({ podInfo: [pending, info] })).toHaveLength(1);
    expect(podsOf({ podInfo: [pending, info] })[0]?.node).toBe('node-a');
    expect(podsOf({ podInfo: [pending] })[0]?.node).toBeNull();
  });

  it('keeps pods of one name apart by UID, the last one last', () => {
    const second = series({ ...POD, uid: 'u2', node: 'node-b' }, [END, 1]);
    const times = [
      series({ ...POD, what: 'started' }, [END, 500]),
      series({ ...POD, uid: 'u2', what: 'started' }, [END, 100]),
    ];
    expect(podsOf({ podInfo: [info, second], podTimes: times }).map((pod) => pod.uid)).toEqual(['u2', 'u1']);
  });

  it('finds figures of a kube-state-metrics that gives no UID', () => {
    const requests = [series({ namespace: 'shop', pod: POD.pod, resource: 'cpu' }, [END, 1])];
    expect(podsOf({ podInfo: [info], requests })[0]?.requests?.cpuMillicores).toBe(1000);
  });

  it('reads labels of a scrape without honor_labels', () => {
    const renamed = series(
      {
        namespace: 'monitoring',
        pod: 'ksm-0',
        node: 'node-z',
        exported_namespace: 'shop',
        exported_pod: POD.pod,
        exported_node: 'node-a',
        uid: 'u1',
      },
      [END, 1],
    );
    expect(podsOf({ podInfo: [renamed] })[0]).toMatchObject({ namespace: 'shop', node: 'node-a' });
  });

  it('has nothing of windows without kube-state-metrics', () => {
    expect(pastPods(stateAnswers({ podInfo: [info] }), [3600]).get(3600)?.size).toBe(0);
  });
});

describe('owners', () => {
  const ownerOf = (
    kind: string,
    name: string,
    given: Partial<Record<keyof StateAnswers, ReturnType<typeof series>[]>> = {},
  ) =>
    podsOf({
      podInfo: [series({ ...POD, node: 'n', created_by_kind: kind, created_by_name: name }, [END, 1])],
      ...given,
    })[0]?.owner;

  it('follow the rules of names where no owner metric is', () => {
    expect(ownerOf('ReplicaSet', 'web-7d4b9c6f5')).toEqual({ kind: 'Deployment', name: 'web' });
    expect(ownerOf('Job', 'report-29552167')).toEqual({ kind: 'CronJob', name: 'report' });
    expect(ownerOf('ReplicaSet', 'by-hand')).toEqual({ kind: 'ReplicaSet', name: 'by-hand' });
    expect(ownerOf('Job', 'migrate')).toEqual({ kind: 'Job', name: 'migrate' });
  });

  it('do not guess where the metric is there and knows no owner', () => {
    const replicaSetOwner = [
      series({ namespace: 'shop', replicaset: 'other-5d', owner_kind: 'Deployment', owner_name: 'other' }, [END, 1]),
    ];
    expect(ownerOf('ReplicaSet', 'web-7d4b9c6f5', { replicaSetOwner })).toEqual({
      kind: 'ReplicaSet',
      name: 'web-7d4b9c6f5',
    });
  });

  it('are themselves for other kinds, and null for a bare pod', () => {
    expect(ownerOf('StatefulSet', 'db')).toEqual({ kind: 'StatefulSet', name: 'db' });
    expect(ownerOf('<none>', '<none>')).toBeNull();
  });

  it('may be a Rollout', () => {
    const replicaSetOwner = [
      series({ namespace: 'shop', replicaset: 'web-7d4b9c6f5', owner_kind: 'Rollout', owner_name: 'web' }, [END, 1]),
    ];
    expect(ownerOf('ReplicaSet', 'web-7d4b9c6f5', { replicaSetOwner })).toEqual({ kind: 'Rollout', name: 'web' });
  });
});
