import { describe, expect, test } from 'vitest';
import { createDemoSource } from '../../../../src/collectors/demo/demo-source.ts';
import { SAMPLE_IDENTITY } from '../../../../src/collectors/demo/identity.ts';
import { inventoryOf } from '../../../../src/collectors/demo/inventory.ts';
import { layoutOf } from '../../../../src/collectors/demo/layout.ts';
import {
  GUARDED,
  HELM_RELEASES,
  HORIZONTAL,
  OOM_KILLS,
  SCHEDULES,
  VERTICAL,
} from '../../../../src/collectors/demo/layout-facts.ts';
import { loadDemoTables } from '../../../../src/collectors/demo/tables.ts';
import { selects } from '../../../../src/core/kubernetes/selector-match.ts';
import type { LayoutPod } from '../../../../src/model/scheduling.ts';
import { DATA_DIR, DAY, DAY_START, NOW, openSample } from './sample.ts';

const cluster = await openSample();
const { workloads } = await loadDemoTables(DATA_DIR);
const layout = layoutOf(cluster, workloads, NOW);
const on = (node: string | null) => layout.pods.filter((pod) => pod.node === node);
const used = (pods: readonly LayoutPod[], what: 'cpuMillicores' | 'memoryBytes') =>
  pods.reduce((sum, { requests }) => sum + requests[what], 0);

describe('the layout of the sample', () => {
  test('has the pods of its inventory that are not over, on the same nodes', () => {
    const { pods, nodes } = inventoryOf(cluster, NOW);
    const there = pods.filter(({ phase }) => phase !== 'Succeeded');
    const named = (all: readonly { namespace: string; name: string; node: string | null }[]) =>
      all.map(({ namespace, name, node }) => `${namespace}/${name} ${node}`).sort();
    expect(named(layout.pods)).toEqual(named(there));
    expect(layout.nodes.map(({ name }) => name)).toEqual(nodes.map(({ name }) => name));
    expect([layout.clusterId, layout.readAtSeconds, layout.missing]).toEqual([SAMPLE_IDENTITY.id, NOW, []]);
  });

  test('keeps its own rules: requests fit, selectors hold, no two that must be apart are together', () => {
    for (const node of layout.nodes) {
      const pods = on(node.name);
      expect(used(pods, 'cpuMillicores')).toBeLessThanOrEqual(node.cpuAllocatableMillicores);
      expect(used(pods, 'memoryBytes')).toBeLessThanOrEqual(node.memoryAllocatableBytes);
      for (const { name, nodeSelector, antiAffinity, namespace } of pods) {
        expect(selects({ matchLabels: nodeSelector, requirements: [] }, node.labels)).toBe(true);
        const others = pods.filter((pod) => pod.namespace === namespace && pod.name !== name);
        for (const { selector } of antiAffinity)
          expect(others.filter((pod) => selects(selector, pod.labels))).toEqual([]);
      }
    }
  });

  test('has the templates of its tables, each with the requests of its pods', () => {
    expect(layout.workloads).toHaveLength(workloads.length);
    const spec = (name: string) => layout.workloads.find((each) => each.name === name);
    expect(spec('zombie-api')).toMatchObject({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      replicas: 3,
      qosClass: 'Burstable',
    });
    expect(spec('zombie-api')?.containers).toEqual([
      {
        name: 'zombie-api',
        isSidecar: false,
        cpuRequestMillicores: 1000,
        cpuLimitMillicores: 2000,
        memoryRequestBytes: 2048 * 2 ** 20,
        memoryLimitBytes: 4096 * 2 ** 20,
      },
    ]);
    expect(spec('no-requests-worker')).toMatchObject({
      qosClass: 'BestEffort',
      containers: [{ cpuRequestMillicores: null }],
    });
    expect(spec('cni-agent')?.replicas).toBeNull();
    for (const pod of layout.pods) {
      const [container] =
        layout.workloads.find((each) => each.name === pod.owner?.name && each.namespace === pod.namespace)
          ?.containers ?? [];
      expect(pod.requests.cpuMillicores).toBe(container?.cpuRequestMillicores ?? 0);
      expect(pod.requests.memoryBytes).toBe(container?.memoryRequestBytes ?? 0);
    }
  });

  test('runs its CronJob when it says', () => {
    const spec = layout.workloads.find(({ kind }) => kind === 'CronJob');
    expect(spec).toMatchObject({
      schedule: '*/30 1-4 * * *',
      timeZone: 'Europe/Paris',
      apiVersion: 'batch/v1',
      suspended: false,
    });
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: spec?.timeZone ?? '',
      hour: 'numeric',
      minute: 'numeric',
    });
    const runs = cluster
      .podsIn({ startSeconds: DAY_START, endSeconds: DAY_START + DAY })
      .filter(({ workload }) => workload.name === spec?.name);
    expect(runs).toHaveLength(8);
    expect(runs.map(({ startSeconds }) => format.format(startSeconds * 1000))).toEqual(
      ['01', '02', '03', '04'].flatMap((hour) => [`${hour}:00`, `${hour}:30`]),
    );
  });

  test('has budgets that count their running pods, one of which lets none go', () => {
    expect(
      layout.budgets.map(({ name, disruptionsAllowed, neverAllows }) => [name, disruptionsAllowed, neverAllows]),
    ).toEqual([
      ['kafka', 1, false],
      ['postgres', 1, false],
      ['checkoutservice', 1, false],
      ['frontend', 2, false],
      ['redis-cart', 0, true],
    ]);
  });

  test('has autoscalers of both kinds, of workloads that exist', () => {
    const targets = layout.autoscalers.map(({ kind, targetKind, targetName }) => `${kind} ${targetKind} ${targetName}`);
    expect(targets.sort()).toEqual([
      'horizontal Deployment frontend',
      'horizontal Deployment recommendationservice',
      'horizontal Deployment runner',
      'vertical Deployment grafana',
    ]);
    const known = new Set(workloads.map(({ namespace, name }) => `${namespace}/${name}`));
    for (const facts of [HORIZONTAL, VERTICAL, GUARDED, HELM_RELEASES, OOM_KILLS, SCHEDULES]) {
      for (const key of Object.keys(facts)) expect(known).toContain(key);
    }
  });

  test('has a node that nobody needs: its pods are those of DaemonSets', () => {
    const empty = layout.nodes.filter(({ name }) => on(name).every(({ isDaemonSet }) => isDaemonSet));
    expect(empty.map(({ name }) => name)).toEqual(['gke-tools-pool-1-4c7d9f-z8qv']);
  });
});

describe('the source of the sample’s layout', () => {
  const open = (dataDir: string) => createDemoSource({ clock: { nowSeconds: () => NOW }, dataDir }).layouts;

  test('opens its tables when it is asked first, and tells when they are there', async () => {
    const layouts = open(DATA_DIR);
    const told = new Promise<string>((resolve) => void layouts?.onSpecChange(resolve));
    expect(layouts?.layout('another')).toBeNull();
    expect(layouts?.layout(SAMPLE_IDENTITY.id)).toBeNull();
    await expect(told).resolves.toBe(SAMPLE_IDENTITY.id);
    expect(layouts?.layout(SAMPLE_IDENTITY.id)?.pods).toEqual(layout.pods);
  });

  test('has none where the tables are missing', async () => {
    const layouts = open('/nowhere');
    expect(layouts?.layout(SAMPLE_IDENTITY.id)).toBeNull();
    await new Promise((done) => setTimeout(done, 20));
    expect(layouts?.layout(SAMPLE_IDENTITY.id)).toBeNull();
  });
});
