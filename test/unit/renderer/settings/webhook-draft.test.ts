import { describe, expect, it } from 'vitest';
import type { WebhookDelivery } from '../../../../src/contract/schemas/webhook.ts';
import {
  deliveryName,
  problemWords,
  stateOf,
  triesWords,
} from '../../../../src/renderer/features/settings/webhook/delivery-words.ts';
import { addressProblem, inputOf } from '../../../../src/renderer/features/settings/webhook/webhook-draft.ts';

describe('the address of a webhook', () => {
  it('is https, or http to this computer', () => {
    const right = ['', '  ', 'https://chat.example/x?t=1', 'http://localhost:9', 'http://127.0.0.1/', 'http://[::1]/'];
    expect(right.map(addressProblem)).toEqual(right.map(() => null));
  });

  it.each([
    ['chat.example', /begins with https/],
    ['ftp://chat.example', /begins with https/],
    ['http://chat.example', /this computer/],
    ['https://me:word@chat.example', /Without a user/],
  ])('%s is refused at the field', (typed, words) => {
    expect(addressProblem(typed)).toMatch(words);
  });
});

describe('what is sent of a draft', () => {
  it('is what was typed, and nothing while something is wrong or missing', () => {
    expect(inputOf({ url: ' https://a.example ', secret: 's' }, false)).toEqual({
      url: 'https://a.example',
      secret: 's',
    });
    expect(inputOf({ url: null, secret: 's' }, true)).toEqual({ secret: 's' });
    expect(inputOf({ url: '', secret: '' }, true)).toEqual({});
    expect(inputOf({ url: null, secret: 's' }, false)).toBeNull();
    expect(inputOf({ url: 'nope', secret: null }, true)).toBeNull();
  });
});

describe('words of a delivery', () => {
  const delivery: WebhookDelivery = {
    id: 'a1',
    budget_name: 'Shop',
    month: '2026-03',
    kind: 'forecast',
    state: 'waiting',
    tries: 0,
    last_try_at: null,
    next_try_at: '2026-03-11T10:00:00Z',
    message: null,
    hint: null,
  };
  const now = Date.parse('2026-03-11T10:30:00Z');

  it('name the alert and how it stands', () => {
    expect([deliveryName(delivery), deliveryName({ ...delivery, kind: '80' })]).toEqual([
      'Shop, forecast',
      'Shop, 80 %',
    ]);
    const states = [delivery, { ...delivery, tries: 1 }, { ...delivery, state: 'failed' as const }];
    expect(states.map((each) => stateOf(each).words)).toEqual(['Waiting', 'Trying again', 'Given up']);
    expect(stateOf({ ...delivery, state: 'delivered' })).toEqual({ words: 'Delivered', tone: 'good' });
  });

  it('tell what failed and when', () => {
    expect(problemWords(delivery)).toBe('');
    expect(problemWords({ ...delivery, message: 'It answered 500.', hint: 'Wait.' })).toBe('It answered 500. Wait.');
    expect(triesWords(delivery, now, 'UTC')).toBe('None yet');
    const tried = { ...delivery, tries: 1, last_try_at: '2026-03-11T10:00:00Z' };
    expect(triesWords(tried, now, 'UTC')).toBe('1 try, the last at 10:00, 30 min ago');
    expect(triesWords({ ...tried, tries: 5 }, now, 'UTC')).toMatch(/^5 tries, /);
  });
});
