import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptSearch } from '../../../../src/renderer/app/view/kept-search.ts';
import { parseSearchText, writeSearchText } from '../../../../src/renderer/app/view/search-text.ts';
import { rangeOf, ViewSearch } from '../../../../src/renderer/app/view/view-search.ts';

describe('search text', () => {
  it('stays readable', () => {
    expect(writeSearchText({ start: '2026-11-12T14:00:00Z', columns: 'cost,pods', workload: 'Deployment/cart' })).toBe(
      '?start=2026-11-12T14:00:00Z&columns=cost,pods&workload=Deployment/cart',
    );
  });

  it('leaves out what is empty', () => {
    expect(writeSearchText({ a: undefined, b: null, c: '' })).toBe('');
  });

  it('gives back any text, also text that looks like a number or JSON', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ minLength: 1 })), (search) => {
        expect(parseSearchText(writeSearchText(search))).toEqual({ ...search });
      }),
    );
    expect(parseSearchText('?cluster=123&x={"a":1}')).toEqual({ cluster: '123', x: '{"a":1}' });
  });
});

describe('ViewSearch', () => {
  it('keeps what it knows and the keys of pages', () => {
    const search = { cluster: 'c-1', last: '30d', tz: 'Europe/Paris', compare: '0', metric: 'energy', node: 'n1' };
    expect(ViewSearch.parse(search)).toEqual(search);
  });

  it.each([
    { last: '7 days' },
    { last: '0d' },
    { tz: 'Mars/Olympus' },
    { metric: 'joy' },
    { compare: 'yes' },
    { start: 'yesterday' },
  ])('falls back where %o can not be read', (search) => {
    expect(Object.values(ViewSearch.parse(search)).filter((value) => value !== undefined)).toEqual([]);
  });
});

describe('rangeOf', () => {
  it('is seven days where nothing is said', () => {
    expect(rangeOf({})).toEqual({ kind: 'last', last: '7d' });
  });

  it('takes both ends before a length', () => {
    const search = { last: '30d', start: '2026-11-01T00:00:00Z', end: '2026-11-02T00:00:00Z' };
    expect(rangeOf(search)).toEqual({ kind: 'between', start: search.start, end: search.end });
  });

  it('ignores ends that are alone or the wrong way round', () => {
    expect(rangeOf({ start: '2026-11-01T00:00:00Z' }).kind).toBe('last');
    expect(rangeOf({ start: '2026-11-02T00:00:00Z', end: '2026-11-01T00:00:00Z', last: '24h' })).toEqual({
      kind: 'last',
      last: '24h',
    });
  });
});

describe('keptSearch', () => {
  it('takes cluster, range and zone along, and leaves what belongs to a page', () => {
    expect(keptSearch({ cluster: 'c', last: '7d', namespace: 'shop', node: 'n', compare: '0' })).toEqual({
      cluster: 'c',
      last: '7d',
      compare: '0',
    });
  });
});
