import { expect, it } from 'vitest';
import { appliedByHand, ignored, unignored } from '../../../../src/backend/recommendations/by-hand.ts';
import { applied, DAY, item, NOW } from './samples.ts';

const code = (value: string) => expect.objectContaining({ code: value });

it('ignores with a reason, until a day or for ever', () => {
  const { item: after, change } = ignored(item(), 'needed at night', NOW + DAY, NOW);
  expect(after).toMatchObject({ status: 'ignored', ignoreReason: 'needed at night', ignoredUntilSeconds: NOW + DAY });
  expect(change).toMatchObject({ status: 'ignored', reason: 'needed at night', atSeconds: NOW });
  const again = ignored(after, '', null, NOW + 5);
  expect(again.item).toMatchObject({ ignoreReason: '', ignoredUntilSeconds: null });
  expect(again.change?.reason).toBeNull();
});

it('refuses a day that is over, and what is applied', () => {
  expect(() => ignored(item(), '', NOW, NOW)).toThrow(code('bad-input'));
  expect(() => ignored(applied(), '', null, NOW)).toThrow(code('conflict'));
});

it('opens only what is ignored', () => {
  expect(() => unignored(item(), NOW)).toThrow(code('conflict'));
});

it('applies with the recommended values, and with those that were set in their place', () => {
  const step = appliedByHand(item(), { cpu_request: 700 }, 'rounded', NOW);
  expect(step.item).toMatchObject({
    status: 'applied',
    appliedBy: 'person',
    appliedAtSeconds: NOW,
    actual: { cpu_request: 700 },
  });
  expect(step.change).toMatchObject({ status: 'applied', reason: 'rounded', actual: { cpu_request: 700 } });
  expect(appliedByHand(item(), {}, null, NOW).item.actual).toEqual({ cpu_request: 600 });
});

it('said twice corrects what was set, from when it was applied first', () => {
  const first = appliedByHand(item({ status: 'ignored', ignoreReason: 'no' }), {}, null, NOW).item;
  expect(first.ignoreReason).toBeNull();
  const second = appliedByHand(first, { cpu_request: 650 }, null, NOW + 60).item;
  expect(second).toMatchObject({ appliedAtSeconds: NOW, actual: { cpu_request: 650 }, updatedAtSeconds: NOW + 60 });
});

it('refuses values that it does not speak of, and what is measured already', () => {
  expect(() => appliedByHand(item(), { replicas: 2 }, null, NOW)).toThrow(code('bad-input'));
  expect(() => appliedByHand(applied({ status: 'verified' }), {}, null, NOW)).toThrow(code('conflict'));
});
