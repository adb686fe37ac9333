import { describe, expect, it } from 'vitest';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { stateQueries } from '../../../../src/collectors/prometheus/state-queries.ts';
import {
  CONTAINER_FORMS,
  FIRST_FORM,
  POD_COUNTERS,
  rawPodQueries,
  sampleTimes,
  usageQueries,
} from '../../../../src/collectors/prometheus/usage-queries.ts';

const select = createSelect(['cluster="prod"']);
const queries = usageQueries(select, FIRST_FORM, 3600, 30);

/** Metric names in a query, and those of them that stand before the matcher of the person. */
function selectors(query: string): readonly string[] {
  return [...query.matchAll(/\b(?:container|node|kube)_[a-z_]+(?:\{[^}]*\})?(?=[[ )]|$)/g)]
    .map((match) => match[0])
    .filter((text) => /^(?:container_(?:cpu|memory|fs|network|start)|node_cpu|kube_[a-z]+_)/.test(text))
    .filter((text) => text.includes('{') || !/^(?:container_name|node_name)$/.test(text));
}

describe('usageQueries', () => {
  it('take the increase of each series first and the sum then', () => {
    expect(queries.podCpuSeconds()).toMatch(/^sum by \([^)]*\) \(increase\(container_cpu_usage_seconds_total\{/);
    expect(queries.nodeCpuSeconds()).toMatch(/^sum by \([^)]*\) \(increase\(node_cpu_seconds_total\{/);
  });

  it('take the sum of memory over containers first and the mean then', () => {
    expect(queries.podMemoryBytes()).toMatch(
      /^avg_over_time\(\(sum by .*\(max by .*container_memory_working_set_bytes.*\[3600s:30s\]\)$/,
    );
  });

  it('leave out pod cgroups and the pause container in every form', () => {
    expect(queries.podCpuSeconds()).toContain('container!="",container!="POD"');
    for (const form of CONTAINER_FORMS) {
      expect(form.matchers.some((matcher) => /^(?:container|container_name|image)!=""$/.test(matcher))).toBe(true);
      expect(form.matchers.some((matcher) => /POD|pause/.test(matcher))).toBe(true);
    }
  });

  it('count neither idle, waiting and stolen time nor guest time twice', () => {
    expect(queries.nodeCpuSeconds()).toContain('mode!~"idle|iowait|steal|guest|guest_nice"');
  });

  it('sum interfaces of a pod once, without the loopback', () => {
    const text = queries.podCounter(POD_COUNTERS.networkReceive);
    expect(text).toContain('max by (interface,');
    expect(text).toContain('interface!="lo"');
    expect(queries.podCounter(POD_COUNTERS.diskRead)).not.toContain('interface');
  });

  it('look for edges within 2.5 scrape intervals', () => {
    expect(queries.edgePods()).toContain('[75s] offset 3600s');
    expect(usageQueries(select, FIRST_FORM, 300, 15).edgePods()).toContain('[38s] offset 300s');
  });

  it('carry the additional matchers in every selector', () => {
    const all = [
      queries.podCpuSeconds(),
      queries.edgePods(),
      queries.podMemoryBytes(),
      queries.podEphemeralBytes(),
      queries.nodeCpuSeconds(),
      queries.rootCpuSeconds(),
      queries.nodeCpuRate(),
      queries.rootCpuRate(),
      ...Object.values(POD_COUNTERS).flatMap((counter) => [
        queries.podCounter(counter),
        queries.podCounterHead(counter),
      ]),
      ...Object.values(stateQueries(select, 3600, 30)),
      sampleTimes(select('kube_node_info')),
      ...Object.values(rawPodQueries(select, FIRST_FORM, 'pod=~"a"', 600)),
    ];
    for (const query of all) {
      const found = selectors(query);
      expect(found.length, query).toBeGreaterThan(0);
      for (const selector of found) expect(selector, query).toContain('cluster="prod"');
    }
  });
});

describe('stateQueries', () => {
  it('reach to the last scrape before the window for restarts, and not beyond', () => {
    expect(stateQueries(select, 300, 60).restarts).toContain('[359s]');
  });

  it('know the requests of kube-state-metrics before 2.0', () => {
    const { requests } = stateQueries(select, 300, 60);
    expect(requests).toContain('kube_pod_container_resource_requests_cpu_cores');
    expect(requests).toContain('kube_pod_container_resource_requests_memory_bytes');
  });
});
