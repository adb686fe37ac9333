import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../../src/contract/schemas/metrics.ts';
import { amountOfTotals } from '../../../../src/renderer/features/explore/amount-of-totals.ts';
import {
  chosenColumns,
  columnsText,
  moveColumn,
  shownColumns,
  toggleColumn,
} from '../../../../src/renderer/features/explore/columns.ts';
import {
  drillInto,
  ExploreSearch,
  groupOf,
  groupsFor,
  levelUp,
  narrowingOf,
  sortBy,
  sortOf,
} from '../../../../src/renderer/features/explore/level.ts';
import { namespaceName, rowName, workloadName } from '../../../../src/renderer/features/explore/row-name.ts';
import { apiCall } from '../../../../src/renderer/figures/api-call.ts';
import { sample } from '../figures/sample-client.ts';

const at = (search: Record<string, string> = {}) => ExploreSearch.parse(search);
const item = (more: Partial<Parameters<typeof drillInto>[0]> = {}) => ({
  key: 'k',
  namespace: 'shop',
  node: null,
  row_kind: 'pod' as const,
  ...more,
});

describe('levels', () => {
  it('shows what is one below the filter unless the address says otherwise', () => {
    expect(groupOf(at())).toBe('namespace');
    expect(groupOf(at({ namespace: 'shop' }))).toBe('workload');
    expect(groupOf(at({ namespace: 'shop', workload: 'Deployment/cart' }))).toBe('pod');
    expect(groupOf(at({ namespace: 'shop', group: 'node' }))).toBe('node');
    expect(groupOf(at({ namespace: '__unallocated__' }))).toBe('node');
  });

  it('reads addresses that were mistyped as if the part were not there', () => {
    expect(at({ group: 'planet', sort: 'size', order: 'up', namespace: '' })).toEqual({});
  });

  it('drills from namespace to workload to pods, and no deeper', () => {
    expect(drillInto(item({ key: 'shop' }), 'namespace')).toMatchObject({
      namespace: 'shop',
      group: undefined,
      search: undefined,
    });
    expect(drillInto(item({ key: 'Deployment/cart' }), 'workload')).toMatchObject({
      namespace: 'shop',
      workload: 'Deployment/cart',
    });
    expect(drillInto(item(), 'pod')).toBeNull();
  });

  it('opens nodes and teams as filters, and machines by their namespace', () => {
    expect(drillInto(item({ node: 'n1' }), 'node')).toMatchObject({ node: 'n1', group: 'pod' });
    expect(drillInto(item(), 'node')).toBeNull();
    expect(drillInto(item({ key: 'red' }), 'team')).toMatchObject({ team: 'red', group: 'workload' });
    expect(drillInto(item({ key: '' }), 'team')).toBeNull();
    expect(drillInto(item({ namespace: '__system__', row_kind: 'system' }), 'workload')).toMatchObject({
      namespace: '__system__',
    });
  });

  it('goes up the way it came', () => {
    expect(levelUp(at({ namespace: 'shop', workload: 'Deployment/cart' }))).toMatchObject({ workload: undefined });
    expect(levelUp(at({ namespace: 'shop' }))).toMatchObject({ namespace: undefined });
    expect(levelUp(at({ node: 'n1' }))).toMatchObject({ node: undefined, team: undefined });
    expect(levelUp(at())).toBeNull();
  });

  it('offers only groups that split what is shown', () => {
    expect(groupsFor(at({ workload: 'Deployment/cart' }))).toEqual(['pod', 'node']);
    expect(groupsFor(at({ namespace: '__system__' }))).toEqual(['node']);
    expect(groupsFor(at())).toContain('team');
  });

  it('passes on exactly the filter', () => {
    expect(narrowingOf(at({ namespace: 'shop', search: 'x', sort: 'cpu' }))).toEqual({ namespace: 'shop' });
  });
});

describe('sorting', () => {
  it('follows the metric until a header was clicked', () => {
    expect(sortOf(at(), 'carbon')).toEqual({ sort: 'co2e', order: 'desc' });
    expect(sortOf(at(), 'cost')).toEqual({ sort: 'cost', order: 'desc' });
    expect(sortOf(at({ sort: 'name' }), 'cost')).toEqual({ sort: 'name', order: 'asc' });
  });

  it('turns round on a second click and begins a new column in its natural order', () => {
    expect(sortBy(at(), 'carbon', 'co2e')).toEqual({ sort: 'co2e', order: 'asc' });
    expect(sortBy(at({ sort: 'co2e', order: 'asc' }), 'carbon', 'co2e')).toEqual({ sort: 'co2e', order: 'desc' });
    expect(sortBy(at({ sort: 'co2e', order: 'asc' }), 'carbon', 'cpu')).toEqual({ sort: 'cpu', order: undefined });
  });
});

describe('columns', () => {
  it('reads the address, without doubles and unknown ones', () => {
    expect(chosenColumns('cost,share,cost,planet')).toEqual(['cost', 'share']);
    expect(chosenColumns('planet')).toEqual(chosenColumns(undefined));
    expect(chosenColumns('none')).toEqual([]);
  });

  it('leaves nothing in the address for the usual choice, and can say that there are none', () => {
    expect(columnsText(chosenColumns(undefined))).toBeUndefined();
    expect(columnsText(['share'])).toBe('share');
    expect(chosenColumns(columnsText([]))).toEqual([]);
  });

  it('puts an added column at its usual place', () => {
    expect(toggleColumn(['kind', 'trend'], 'share')).toEqual(['kind', 'share', 'trend']);
    expect(toggleColumn(['kind'], 'trend')).toEqual(['kind', 'trend']);
    expect(toggleColumn(['kind', 'share'], 'kind')).toEqual(['share']);
  });

  it('moves one place and stops at the ends', () => {
    expect(moveColumn(['kind', 'share', 'cost'], 'cost', -1)).toEqual(['kind', 'cost', 'share']);
    expect(moveColumn(['kind', 'share'], 'kind', -1)).toEqual(['kind', 'share']);
    expect(moveColumn(['kind', 'share'], 'share', 1)).toEqual(['kind', 'share']);
    expect(moveColumn(['kind'], 'cost', 1)).toEqual(['kind']);
  });

  it('hides what would say nothing: the metric twice, kinds of namespaces, changes without comparison', () => {
    const all = chosenColumns(undefined);
    expect(shownColumns(all, 'carbon', 'namespace', true)).not.toContain('carbon');
    expect(shownColumns(all, 'cost', 'namespace', true)).toContain('carbon');
    expect(shownColumns(all, 'carbon', 'namespace', true)).not.toContain('kind');
    expect(shownColumns(all, 'carbon', 'workload', true)).toContain('kind');
    expect(shownColumns(all, 'carbon', 'workload', false)).not.toContain('change');
    expect(shownColumns(all, 'carbon', 'pod', true)).not.toContain('pods');
  });
});

describe('names', () => {
  const row = (more: Partial<Parameters<typeof rowName>[0]>) => ({
    label: 'label',
    key: 'key',
    row_kind: 'pod' as const,
    node: null,
    owner_name: null,
    namespace: 'shop',
    ...more,
  });

  it('calls rows of machines by words, on their node among pods', () => {
    expect(rowName(row({ row_kind: 'unallocated' }), 'namespace')).toBe('Unallocated');
    expect(rowName(row({ row_kind: 'system', node: 'n1' }), 'pod')).toBe('System on n1');
    expect(rowName(row({ row_kind: 'volume' }), 'workload')).toBe('Storage');
    expect(rowName(row({ row_kind: 'unallocated', node: 'n1' }), 'node')).toBe('n1');
  });

  it('takes the short name of a workload, and says where there is no team', () => {
    expect(rowName(row({ owner_name: 'cart' }), 'workload')).toBe('cart');
    expect(rowName(row({ key: '' }), 'team')).toBe('No team');
    expect(rowName(row({}), 'pod')).toBe('label');
    expect(workloadName('Deployment/cart')).toBe('cart');
    expect(namespaceName('__unallocated__')).toBe('Unallocated');
    expect(namespaceName('shop')).toBe('shop');
  });
});

describe('API call', () => {
  it('is a shell line that asks for the same', () => {
    expect(
      apiCall('http://127.0.0.1:8700', '/breakdown', { by: 'pod', last: '7d', search: undefined, compare: true }),
    ).toBe("curl 'http://127.0.0.1:8700/api/v1/breakdown?by=pod&last=7d&compare=true'");
  });

  it('keeps quotes and spaces of a search inside the quotes of the shell', () => {
    const call = apiCall('http://h', '/breakdown', { search: "a' ; rm b&c" });
    expect(call).toBe("curl 'http://h/api/v1/breakdown?search=a%27+%3B+rm+b%26c'");
  });

  it('needs no question mark without parameters', () => {
    expect(apiCall('http://h', '/health', {})).toBe("curl 'http://h/api/v1/health'");
  });
});

describe('amountOfTotals', () => {
  it('reads each metric with its bounds', async () => {
    const summary = (await sample.metrics?.summary?.({ last: '7d' })) as Summary;
    for (const metric of ['carbon', 'energy', 'cost'] as const) {
      const { value, low, high } = amountOfTotals(summary, metric);
      expect(low).toBeLessThan(value);
      expect(value).toBeLessThan(high);
    }
    expect(amountOfTotals(summary, 'energy').value).toBe(summary.total_facility_energy_joules);
  });
});
