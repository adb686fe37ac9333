import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WebhookDelivery, WebhookSettings } from '../../../../src/contract/schemas/webhook.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => localStorage.clear());

const CANARY = 'CANARY-ADDRESS-7f3a';
const ADDRESS = `https://chat.example/${CANARY}`;
const kept: WebhookSettings = { host: 'chat.example', has_secret: true, deliveries: [] };
const none: WebhookSettings = { host: null, has_secret: false, deliveries: [] };

async function open(now: WebhookSettings = none, more: NonNullable<FakeOperations['webhook']> = {}) {
  const view = renderApp('/settings?section=alerts&tz=UTC', { webhook: { get: async () => now, ...more } });
  await screen.findByRole('button', { name: 'Send a test' });
  const sent = (operation: string) =>
    view.calls.filter((call) => call.operation === `webhook.${operation}`).map((call) => call.input);
  return { ...view, sent };
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('the webhook', () => {
  it('is set, and is nowhere on the page afterwards', async () => {
    const { sent, container } = await open();
    expect([button('Save').disabled, button('Send a test').disabled]).toEqual([true, true]);
    expect(screen.getByLabelText<HTMLInputElement>('Secret').type).toBe('password');
    await userEvent.type(screen.getByLabelText('Address'), ` ${ADDRESS} `);
    await userEvent.type(screen.getByLabelText('Secret'), 'CANARY-SECRET');
    await userEvent.click(button('Save'));
    expect(await screen.findByText('chat.example')).toBeTruthy();
    expect(screen.getByText('A secret is kept')).toBeTruthy();
    expect(sent('save')).toEqual([{ url: ADDRESS, secret: 'CANARY-SECRET' }]);
    expect(screen.getByText(/^Saved\./)).toBeTruthy();
    expect(container.innerHTML).not.toContain('CANARY');
  });

  it('is refused at the field while it is wrong', async () => {
    await open();
    await userEvent.type(screen.getByLabelText('Address'), 'http://chat.example');
    expect(screen.getByText(/except for this computer/)).toBeTruthy();
    expect([button('Save').disabled, button('Send a test').disabled]).toEqual([true, true]);
  });

  it('keeps its address where the secret alone is replaced, or taken away', async () => {
    const { sent } = await open(kept, { save: async () => kept });
    await userEvent.click(button('Replace the secret'));
    await userEvent.type(screen.getByLabelText('Secret'), 'new');
    await userEvent.click(button('Save'));
    await waitFor(() => expect(sent('save')).toEqual([{ secret: 'new' }]));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the secret' }));
    await waitFor(() => expect(sent('save')).toEqual([{ secret: 'new' }, { secret: null }]));
  });

  it('can be kept after all while it is being replaced', async () => {
    await open(kept);
    await userEvent.click(button('Replace the address'));
    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe('');
    expect(button('Save').disabled).toBe(true);
    await userEvent.click(button('Keep the old one'));
    expect(screen.getByText('chat.example')).toBeTruthy();
  });

  it('is removed', async () => {
    const { sent } = await open(kept);
    await userEvent.click(button('Remove the webhook'));
    expect(await screen.findByLabelText('Address')).toBeTruthy();
    expect(sent('remove')).toHaveLength(1);
    expect(screen.getByText('Removed. Nothing is sent any more.')).toBeTruthy();
  });

  it('that could not be saved stays typed, with the reason', async () => {
    const refused = new ORPCError('X', { message: 'The disk is full', data: { failure: 'store', hint: 'Make room.' } });
    await open(none, { save: async () => Promise.reject(refused) });
    await userEvent.type(screen.getByLabelText('Address'), ADDRESS);
    await userEvent.click(button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
    expect(screen.getByLabelText<HTMLInputElement>('Address').value).toBe(ADDRESS);
  });

  it('says that it could not be read', async () => {
    renderApp('/settings?section=alerts', { webhook: { get: async () => Promise.reject(new Error('no')) } });
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});

describe('a test', () => {
  it('goes to what is typed before it is saved', async () => {
    const { sent } = await open();
    await userEvent.type(screen.getByLabelText('Address'), ADDRESS);
    await userEvent.click(button('Send a test'));
    expect(await screen.findByText('It took the test (204).')).toBeTruthy();
    expect(screen.getByText('42 ms')).toBeTruthy();
    expect([sent('test'), sent('save')]).toEqual([[{ url: ADDRESS }], []]);
  });

  it('goes to what is kept, and says what failed', async () => {
    const message = 'The webhook answered 404.';
    const { sent } = await open(kept, {
      test: async () => ({ ok: false, message, hint: 'Check the address.', latency_ms: null }),
    });
    await userEvent.click(button('Send a test'));
    expect((await screen.findByRole('alert')).textContent).toContain(`${message}Check the address.`);
    expect(sent('test')).toEqual([{}]);
  });

  it('that could not be made says so', async () => {
    await open(kept, { test: async () => Promise.reject(new Error('no')) });
    await userEvent.click(button('Send a test'));
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});

describe('deliveries', () => {
  const delivery: WebhookDelivery = {
    id: 'a1',
    budget_name: 'Shop',
    month: '2026-03',
    kind: '80',
    state: 'failed',
    tries: 5,
    last_try_at: '2026-03-11T10:00:00Z',
    next_try_at: null,
    message: 'The webhook answered 503.',
    hint: 'It has a problem of its own.',
  };

  it('that were given up say what failed and when', async () => {
    await open({ ...kept, deliveries: [delivery, { ...delivery, id: 'a2', kind: '100', state: 'delivered' }] });
    const rows = within(screen.getByRole('table', { name: 'Deliveries' })).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('Shop, 80 %');
    expect(rows[1]?.textContent).toContain('Given up');
    expect(rows[1]?.textContent).toMatch(/5 tries, the last at 11 Mar 10:00/);
    expect(rows[1]?.textContent).toContain('The webhook answered 503. It has a problem of its own.');
    expect(rows[2]?.textContent).toContain('Delivered');
  });

  it('are not there while there was none', async () => {
    await open(kept);
    expect(screen.queryByRole('table', { name: 'Deliveries' })).toBeNull();
  });
});
