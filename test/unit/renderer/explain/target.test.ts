import { describe, expect, test } from 'vitest';
import { parseSearchText, writeSearchText } from '../../../../src/renderer/app/view/search-text.ts';
import { explainInput, readTarget, targetText } from '../../../../src/renderer/figures/explain/target.ts';

const VIEW = { tz: 'UTC', last: '7d', cluster: 'c1' } as const;

describe('what is explained, in the address', () => {
  test.each([
    { metric: 'carbon' },
    { metric: 'energy', cluster: 'c2', node: 'ip-10-0-1-2.eu-west-1.compute.internal' },
    { metric: 'cost', namespace: '__unallocated__' },
    { metric: 'carbon', namespace: 'shop', workload: 'Deployment/cart', step: 'operational' },
    { metric: 'carbon', start: '2026-11-12T14:00:00Z', end: '2026-11-12T16:00:00Z' },
    { metric: 'energy', namespace: 'shop', pod: 'cart-0', at: '2026-11-12T14:00:00Z' },
    { metric: 'carbon', team: 'R&D: 50 %, and more = all, %2C too' },
  ] as const)('%o survives the way through the address', (target) => {
    const text = writeSearchText({ explain: targetText(target) });
    expect(readTarget(parseSearchText(text)['explain'])).toEqual(target);
  });

  test('is readable: no escapes where none are needed', () => {
    const text = targetText({ metric: 'carbon', namespace: 'shop', workload: 'Deployment/cart' });
    expect(writeSearchText({ explain: text })).toBe('?explain=carbon,namespace:shop,workload:Deployment/cart');
  });

  test('is the same text in whatever order it was made, so that the figure knows itself', () => {
    expect(targetText({ metric: 'carbon', workload: 'Deployment/cart', namespace: 'shop', node: undefined })).toBe(
      targetText({ namespace: 'shop', metric: 'carbon', workload: 'Deployment/cart', team: null }),
    );
  });

  test.each([undefined, '', 'colour', 'carbon,start:yesterday', 'carbon,step:<b>', 'carbon,workload:x'])(
    '%s names no figure',
    (text) => expect(readTarget(text)).toBeNull(),
  );

  test('fields that this version does not know are left out', () => {
    expect(readTarget('carbon,moon:full,namespace:shop')).toEqual({ metric: 'carbon', namespace: 'shop' });
  });
});

describe('what the backend is asked', () => {
  test('is the view with what the figure narrows', () => {
    expect(explainInput({ metric: 'carbon', namespace: 'shop' }, VIEW)).toEqual({
      metric: 'carbon',
      namespace: 'shop',
      tz: 'UTC',
      last: '7d',
      cluster: 'c1',
    });
  });

  test('takes the own stretch and cluster of the figure before those of the view', () => {
    const start = '2026-11-12T14:00:00Z';
    const end = '2026-11-12T16:00:00Z';
    expect(explainInput({ metric: 'energy', cluster: 'c2', start, end }, VIEW)).toEqual({
      metric: 'energy',
      cluster: 'c2',
      tz: 'UTC',
      start,
      end,
    });
  });

  test('asks for one window by its start; the step is nothing to the backend', () => {
    expect(explainInput({ metric: 'carbon', pod: 'cart-0', at: '2026-11-12T14:00:00Z', step: 'carbon' }, VIEW)).toEqual(
      {
        metric: 'carbon',
        pod: 'cart-0',
        tz: 'UTC',
        last: '7d',
        cluster: 'c1',
        timestamp: '2026-11-12T14:00:00Z',
      },
    );
  });
});
