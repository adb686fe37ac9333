import { describe, expect, it } from 'vitest';
import { keplerQueries, legacyKeplerQueries } from '../../../../src/collectors/prometheus/kepler-queries.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';

const select = createSelect(['cluster="prod"']);
const generations = { keplerQueries, legacyKeplerQueries };

function queriesOf(name: keyof typeof generations): readonly string[] {
  const queries = generations[name](select, 3600, 30);
  return [
    queries.nodeJoules(),
    queries.times(),
    ...(['platform', 'package'] as const).flatMap((zone) => [
      queries.podJoules(zone),
      queries.podEdges(zone, 'pod_name=~"web"'),
    ]),
  ];
}

describe.each(['keplerQueries', 'legacyKeplerQueries'] as const)('%s', (name) => {
  it('puts the matchers of the person into each selector', () => {
    for (const query of queriesOf(name)) {
      const metrics = query.match(/\bkepler_\w+_total/g) ?? [];
      expect(metrics.length).toBeGreaterThan(0);
      expect(query.match(/cluster="prod"/g)).toHaveLength(metrics.length);
    }
  });

  it('takes increases of series first, sums after that', () => {
    for (const query of queriesOf(name)) expect(query).not.toMatch(/increase\((?:sum|max|avg)/);
  });

  it('asks for neither core nor uncore', () => {
    for (const query of queriesOf(name)) expect(query).not.toMatch(/core/);
  });

  it('closes each bracket', () => {
    for (const query of queriesOf(name)) {
      let depth = 0;
      for (const sign of query.replaceAll(/"[^"]*"/g, '')) {
        depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
    }
  });
});

describe('keplerQueries', () => {
  it('keeps the zones of a pod apart from those of another meter', () => {
    const queries = keplerQueries(select, 3600, 30);
    expect(queries.podJoules('platform')).toContain('zone=~"psys"');
    expect(queries.podJoules('package')).toContain('zone=~"package|dram"');
  });

  it('calls psys the platform', () => {
    expect(keplerQueries(select, 3600, 30).nodeJoules()).toContain('"zone","platform","zone","psys"');
  });

  it('looks for what was before within two and a half scrapes of the window', () => {
    expect(keplerQueries(select, 300, 30).podEdges('package', 'pod_name=~"web"')).toContain('[75s] offset 300s');
  });
});

describe('legacyKeplerQueries', () => {
  it('counts only the dynamic joules of containers, under the names of later versions', () => {
    const query = legacyKeplerQueries(select, 3600, 30).podJoules('package');
    expect(query.match(/mode="dynamic"/g)).toHaveLength(2);
    expect(query).toContain('"pod_namespace","$1","container_namespace","(.*)"');
    expect(query).toMatch(/kepler_container_package_joules_total.*kepler_container_dram_joules_total/);
  });
});
