import { describe, expect, it } from 'vitest';
import { parseSearchText, writeSearchText } from '../../../../src/renderer/app/view/search-text.ts';
import { isFiltered, NO_FILTERS, PageSearch } from '../../../../src/renderer/features/recommendations/search.ts';

/** Every part that the address holds, with each of its values. */
const VALUES: Readonly<Record<keyof PageSearch, readonly string[]>> = {
  tab: ['open', 'applied', 'verified', 'snoozed', 'dismissed'],
  type: ['ZOMBIE_POD', 'RIGHTSIZING_CPU', 'CONSOLIDATE_NODES', 'MISSING_REQUESTS'],
  severity: ['critical', 'high', 'medium', 'low'],
  namespace: ['search', 'kube-system', '0', 'true'],
  q: ['memory', 'two words', '50 %', 'a&b=c', '1.50 → 0.60', '007'],
  group: ['plan', 'namespace', 'type'],
  sort: ['title', 'where', 'carbon', 'money', 'last'],
  order: ['asc', 'desc'],
  per: ['day', 'month'],
  id: ['r-cpu', '12', '1e5'],
  detail: ['0'],
};
const CASES = Object.entries(VALUES).flatMap(([key, values]) => values.map((value) => [key, value] as const));

describe('the address', () => {
  it.each(CASES)('%s=%s comes back as it was written', (key, value) => {
    const read = PageSearch.parse(parseSearchText(writeSearchText({ [key]: value })));
    expect(read).toEqual({ [key]: value });
  });

  it('holds all of them at once', () => {
    const whole = Object.fromEntries(Object.entries(VALUES).map(([key, values]) => [key, values.at(-1)]));
    expect(PageSearch.parse(parseSearchText(writeSearchText(whole)))).toEqual(whole);
  });

  it.each([
    ['tab', 'closed'],
    ['type', 'ZOMBIE'],
    ['severity', 'urgent'],
    ['namespace', ''],
    ['namespace', 'n'.repeat(254)],
    ['q', ''],
    ['q', 'q'.repeat(201)],
    ['group', 'cluster'],
    ['sort', 'co2'],
    ['order', 'up'],
    ['per', 'year'],
    ['id', 'i'.repeat(65)],
    ['detail', '1'],
  ])('%s that can not be read (%s) is as if left out, and the others stay', (key, value) => {
    expect(PageSearch.parse({ tab: 'applied', q: 'x', [key]: value })).toEqual(
      expect.objectContaining({ ...(key === 'tab' ? { q: 'x' } : { tab: 'applied' }), [key]: undefined }),
    );
  });

  it('what narrows is told from what only orders', () => {
    expect(isFiltered({ tab: 'applied', sort: 'money', order: 'asc', group: 'type', per: 'day', id: 'x' })).toBe(false);
    for (const part of [{ type: 'ZOMBIE_POD' }, { severity: 'low' }, { namespace: 'a' }, { q: 'a' }] as const) {
      expect(isFiltered(part)).toBe(true);
      expect(isFiltered({ ...part, ...NO_FILTERS } as PageSearch)).toBe(false);
    }
  });
});
