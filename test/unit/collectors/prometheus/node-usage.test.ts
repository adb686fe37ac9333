import { describe, expect, it } from 'vitest';
import { nodesOfWindow } from '../../../../src/collectors/prometheus/node-usage.ts';
import { noticesOfPiece } from '../../../../src/collectors/prometheus/notices.ts';
import { pastNodes } from '../../../../src/collectors/prometheus/past-nodes.ts';
import type { Window } from '../../../../src/model/time.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { series } from './fake-client.ts';
import { pieceAnswers, timesEvery30 } from './piece-answers.ts';
import { stateAnswers } from './state-answers.ts';

const WINDOW: Window = { startSeconds: 3600, durationSeconds: 3600 };
const END = 7200;
const cpu = (node: string, seconds: number) => ({
  increase: new Map([[END, new Map([[node, seconds]])]]),
  rate: new Map(),
});
const whole = timesEvery30({ a: [3300, 7500] });

describe('nodesOfWindow', () => {
  it('prefers node-exporter to the root cgroup', () => {
    const answers = pieceAnswers({
      usageTimes: whole,
      nodeExporterTimes: whole,
      nodeExporterCpu: cpu('a', 100),
      rootCpu: cpu('a', 90),
    });
    expect(nodesOfWindow(answers, WINDOW, EMPTY_INVENTORY)).toEqual({
      coveredSeconds: 3600,
      nodes: [{ node: 'a', cpuSeconds: 100, cpuSource: 'node-exporter', coveredSeconds: 3600, described: null }],
    });
  });

  it('takes the root cgroup where node-exporter saw less than half of it', () => {
    const answers = pieceAnswers({
      usageTimes: whole,
      nodeExporterTimes: timesEvery30({ a: [3300, 4500] }),
      nodeExporterCpu: cpu('a', 100),
      rootCpu: cpu('a', 90),
    });
    expect(nodesOfWindow(answers, WINDOW, EMPTY_INVENTORY).nodes[0]).toMatchObject({
      cpuSeconds: 90,
      cpuSource: 'cadvisor-root',
    });
  });

  it('says no samples for a node that Kubernetes knows and nobody scraped', () => {
    const nodes = pastNodes(stateAnswers({ nodeInfo: [series({ node: 'b' }, [END, 1])] }));
    const { nodes: found, coveredSeconds } = nodesOfWindow(
      pieceAnswers({ nodes, usageTimes: whole, rootCpu: cpu('a', 9) }),
      WINDOW,
      EMPTY_INVENTORY,
    );
    expect(found.map((node) => [node.node, node.cpuSource, node.cpuSeconds, node.coveredSeconds])).toEqual([
      ['a', 'cadvisor-root', 9, 3600],
      ['b', 'no-samples', null, 0],
    ]);
    expect(coveredSeconds).toBe(3600);
  });

  it('counts a node that was removed only while it was there', () => {
    const usageTimes = timesEvery30({ a: [3300, 7500], b: [3300, 5400] });
    const nodes = pastNodes(
      stateAnswers({
        nodeInfo: [series({ node: 'a' }, [END, 1]), series({ node: 'b' }, [END, 1])],
        nodesAtEnd: [series({ node: 'a' }, [END, 1])],
      }),
    );
    // 1 core from 3600 to 5400, which increase() stretches by half an interval.
    const found = nodesOfWindow(pieceAnswers({ usageTimes, nodes, rootCpu: cpu('b', 1815) }), WINDOW, EMPTY_INVENTORY);
    expect(found.nodes.find((node) => node.node === 'b')?.cpuSeconds).toBeCloseTo(1815, 6);
    const stays = pastNodes(
      stateAnswers({ nodeInfo: [series({ node: 'b' }, [END, 1])], nodesAtEnd: [series({ node: 'b' }, [END, 1])] }),
    );
    const hole = nodesOfWindow(
      pieceAnswers({ usageTimes, nodes: stays, rootCpu: cpu('b', 1815) }),
      WINDOW,
      EMPTY_INVENTORY,
    );
    expect(hole.nodes.find((node) => node.node === 'b')?.cpuSeconds).toBeCloseTo(3600, 6);
  });

  it('counts a new node from its creation on', () => {
    const usageTimes = timesEvery30({ a: [3300, 7500], b: [5430, 7500] });
    const nodes = pastNodes(
      stateAnswers({
        nodeInfo: [series({ node: 'b' }, [END, 1])],
        nodesAtEnd: [series({ node: 'b' }, [END, 1])],
        nodeFigures: [series({ node: 'b', what: 'created' }, [END, 5400])],
      }),
    );
    const found = nodesOfWindow(pieceAnswers({ usageTimes, nodes, rootCpu: cpu('b', 1785) }), WINDOW, EMPTY_INVENTORY);
    expect(found.nodes.find((node) => node.node === 'b')?.cpuSeconds).toBeCloseTo(1800, 6);
  });
});

describe('noticesOfPiece', () => {
  const codes = (given: Parameters<typeof pieceAnswers>[0], warnings: readonly string[] = []) =>
    noticesOfPiece(pieceAnswers(given), warnings).map((notice) => notice.code);

  it('name what is missing and what to do', () => {
    expect(codes({})).toEqual(['prometheus-no-cadvisor', 'prometheus-no-kube-state-metrics']);
    expect(codes({ usageTimes: whole })).toEqual(['prometheus-no-node-exporter', 'prometheus-no-kube-state-metrics']);
    expect(codes({ usageTimes: whole, nodeExporterTimes: whole, strangerCount: 2 }, ['store down'])).toEqual([
      'prometheus-unknown-instances',
      'prometheus-no-kube-state-metrics',
      'prometheus-partial-answer',
    ]);
    for (const notice of noticesOfPiece(pieceAnswers(), ['x'])) expect(notice.hint).not.toBeNull();
  });
});
