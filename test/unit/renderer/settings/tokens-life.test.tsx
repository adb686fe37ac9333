import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiTokenInput } from '../../../../src/contract/schemas/tokens.ts';
import { TokensSection } from '../../../../src/renderer/features/settings/tokens/TokensSection.tsx';
import {
  expiryOf,
  LIVES,
  SCOPES,
  scopeName,
  usedWords,
} from '../../../../src/renderer/features/settings/tokens/token-words.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { token } from '../../../fakes/client/savings-answers.ts';
import { never, refusal } from '../recommendations/page.tsx';

const NOW = Date.UTC(2026, 10, 19, 14);
const DAY = 86_400_000;
const at = (ms: number): string => new Date(ms).toISOString();
type Tokens = NonNullable<FakeOperations['tokens']>;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

async function start(tokens: Tokens = {}, path = '/?tz=UTC') {
  const view = renderPart(<TokensSection />, { tokens }, path);
  const panel = await screen.findByRole('region', { name: 'API tokens' });
  const inputs = (operation: string) =>
    view.calls.filter((call) => call.operation === `tokens.${operation}`).map(({ input }) => input);
  return { ...view, panel, inputs };
}
const rows = () =>
  within(screen.getByRole('table', { name: 'API tokens' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.querySelectorAll('td')].slice(0, 5).map((cell) => cell.textContent));
async function openForm() {
  fireEvent.click(await screen.findByRole('button', { name: 'New token…' }));
  const form = within(await screen.findByRole('dialog', { name: 'New API token' }));
  const name = (value: string) => fireEvent.change(form.getByRole('textbox', { name: 'Name' }), { target: { value } });
  const make = () => fireEvent.click(form.getByRole('button', { name: 'Make the token' }));
  return { form, name, make };
}

describe('when it ends', () => {
  it.each([
    [NOW - 1, 'ended 19 Nov 2026', 'bad'],
    [NOW, 'ended 19 Nov 2026', 'bad'],
    [NOW + 1000, '19 Nov 2026', 'warn'],
    [NOW + 14 * DAY - 1, '3 Dec 2026', 'warn'],
    [NOW + 14 * DAY, '3 Dec 2026', 'plain'],
    [NOW + 400 * DAY, '24 Dec 2027', 'plain'],
  ])('%i', (ms, words, tone) => {
    expect(expiryOf({ expires_at: at(ms) }, NOW, 'UTC')).toEqual({ words, tone });
  });

  it('is a day of the zone', () => {
    const expires_at = '2026-12-31T23:30:00Z';
    expect(expiryOf({ expires_at }, NOW, 'UTC').words).toBe('31 Dec 2026');
    expect(expiryOf({ expires_at }, NOW, 'Europe/Berlin').words).toBe('1 Jan 2027');
  });

  it('was used: never, lately, or on a day', () => {
    const used = (last_used_at: string | null) => usedWords({ last_used_at }, NOW, 'UTC');
    expect([used(null), used(at(NOW - 30_000)), used(at(NOW - 2 * 3_600_000)), used(at(NOW - 3 * DAY))]).toEqual([
      'never',
      'now',
      '12:00',
      '16 Nov 14:00',
    ]);
  });

  it('every life and scope of the form is one that the operation takes', () => {
    for (const { value } of LIVES)
      for (const scope of SCOPES.map((each) => each.value)) {
        const expires_in_days = value === 'never' ? null : Number(value);
        expect(ApiTokenInput.parse({ name: 'x', scope, expires_in_days })).toEqual({
          name: 'x',
          scope,
          expires_in_days,
        });
      }
    expect(SCOPES.map(({ value }) => scopeName(value))).toEqual(['Read', 'Read and change', 'Metrics only']);
  });
});

describe('the list', () => {
  it('says of each who may what, until when, and when it was used', async () => {
    const tokens = [
      token,
      { ...token, id: 't2', name: 'Old', scope: 'write' as const, expires_at: at(NOW - DAY), last_used_at: null },
      { ...token, id: 't3', name: 'Prometheus', scope: 'metrics' as const, expires_at: null },
      { ...token, id: 't4', name: 'Soon', expires_at: at(NOW + 3 * DAY) },
    ];
    await start({ list: async () => ({ tokens }) });
    await screen.findByRole('table');
    expect(rows()).toEqual([
      ['CI of the shop', 'Read', '1 Oct', '1 Jan 2027', '30 min ago'],
      ['Old', 'Read and change', '1 Oct', 'ended 18 Nov 2026', 'never'],
      ['Prometheus', 'Metrics only', '1 Oct', 'no end', '30 min ago'],
      ['Soon', 'Read', '1 Oct', '22 Nov 2026', '30 min ago'],
    ]);
  });

  it('an age moves on by itself', async () => {
    await start();
    await screen.findByRole('table');
    vi.setSystemTime(NOW + 5 * 60_000);
    await act(async () => void vi.advanceTimersByTime(30_000));
    expect(rows()[0]?.[4]).toBe('35 min ago');
  });

  it('loading and failed are not "no tokens"', async () => {
    const { panel, unmount } = await start({ list: never });
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByText('No tokens yet')).toBeNull();
    unmount();
    const failed = await start({ list: refusal('Tokens need a password first', 'forbidden', 'Set one.') });
    expect((await within(failed.panel).findByRole('alert')).textContent).toContain('Set one.');
    expect(screen.queryByText('No tokens yet')).toBeNull();
  });

  it('that can not be renewed stays, with its age', async () => {
    let works = true;
    const refuse = refusal('The store refused', 'store');
    await start({ list: async () => (works ? { tokens: [token] } : refuse()) });
    await screen.findByRole('table');
    works = false;
    fireEvent.click(screen.getByRole('button', { name: 'Revoke CI of the shop' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke token' }));
    expect(await screen.findByText('The store refused. Shown are the figures of now.')).toBeTruthy();
    expect(rows()).toHaveLength(1);
  });
});

describe('a new one', () => {
  it('reads for 90 days unless something else is chosen', async () => {
    const { inputs } = await start();
    const { name, make } = await openForm();
    name('  CI  ');
    make();
    await screen.findByText('podwatt_secret');
    expect(inputs('create')).toEqual([{ name: 'CI', scope: 'read', expires_in_days: 90 }]);
  });

  it.each([
    ['30 days', 30],
    ['A year', 365],
    ['No end', null],
  ])('may live %s', async (label, expires_in_days) => {
    const { inputs } = await start();
    const { form, name, make } = await openForm();
    name('CI');
    await userEvent.click(form.getByRole('combobox', { name: 'It ends after' }));
    await userEvent.click(await screen.findByRole('option', { name: label }));
    expect(form.queryByText(/has to be revoked by hand/) !== null).toBe(expires_in_days === null);
    make();
    await waitFor(() => expect(inputs('create')).toEqual([{ name: 'CI', scope: 'read', expires_in_days }]));
  });

  it('says what the scope means', async () => {
    await start();
    const { form } = await openForm();
    expect(form.getByText('Everything that changes nothing.')).toBeTruthy();
    await userEvent.click(form.getByRole('combobox', { name: 'It may' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Read and change' }));
    expect(form.getByText(/^Also changes/)).toBeTruthy();
  });

  it('needs a name; blanks are none', async () => {
    const { inputs } = await start();
    const { form, name, make } = await openForm();
    expect(form.queryByText('A name, to know it by later')).toBeNull();
    name('   ');
    make();
    expect(form.getByText('A name, to know it by later')).toBeTruthy();
    expect(inputs('create')).toEqual([]);
  });

  it('shows the secret once: closed, it is nowhere, and the next form is empty', async () => {
    const { inputs } = await start();
    const { name, make } = await openForm();
    name('CI');
    make();
    const made = within(await screen.findByRole('dialog', { name: 'Token “CI of the shop”' }));
    expect(made.getByText('podwatt_secret')).toBeTruthy();
    expect(made.getByText(/never shown again/)).toBeTruthy();
    fireEvent.click(made.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.body.innerHTML).not.toContain('podwatt_secret');
    expect(JSON.stringify(localStorage)).not.toContain('podwatt_secret');
    expect(inputs('list').length).toBeGreaterThan(1);
    const again = await openForm();
    expect(again.form.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', '');
    expect(document.body.innerHTML).not.toContain('podwatt_secret');
  });

  it('refused: what was typed stays, and it can be sent again', async () => {
    let works = false;
    const refuse = refusal('There is one of this name', 'conflict', 'Take another.');
    const { inputs } = await start({
      create: async () => (works ? { ...token, token: 'podwatt_secret' } : refuse()),
    });
    const { form, name, make } = await openForm();
    name('CI');
    make();
    expect((await form.findByRole('alert')).textContent).toBe('There is one of this nameTake another.');
    expect(form.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'CI');
    works = true;
    make();
    await screen.findByText('podwatt_secret');
    expect(inputs('create')).toHaveLength(2);
  });

  it('is made once, however often it is pressed', async () => {
    const answer = Promise.withResolvers<typeof token & { token: string }>();
    const { inputs } = await start({ create: () => answer.promise });
    const { form, name, make } = await openForm();
    name('CI');
    make();
    await waitFor(() => expect(form.getByRole('button', { name: 'Make the token' })).toHaveProperty('disabled', true));
    make();
    expect(inputs('create')).toHaveLength(1);
  });
});

describe('revoking', () => {
  const ask = async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke CI of the shop' }));
    return within(await screen.findByRole('dialog', { name: 'Revoke “CI of the shop”' }));
  };

  it('says what it means before, and reads the list anew after', async () => {
    let tokens = [token];
    const { inputs } = await start({
      list: async () => ({ tokens }),
      revoke: async () => {
        tokens = [];
      },
    });
    const dialog = await ask();
    expect(dialog.getByText(/What uses it \(read\) is refused at once\. This can’t be undone/)).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Revoke token' }));
    expect(await screen.findByText('No tokens yet')).toBeTruthy();
    expect(inputs('revoke')).toEqual([{ id: 't1' }]);
  });

  it('kept: nothing is sent', async () => {
    const { inputs } = await start();
    fireEvent.click((await ask()).getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputs('revoke')).toEqual([]);
  });

  it('refused: the question stays with the reason, and the token in the list', async () => {
    await start({ revoke: refusal('The store can’t be reached', 'store-away', 'Wait.') });
    const dialog = await ask();
    fireEvent.click(dialog.getByRole('button', { name: 'Revoke token' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('The store can’t be reachedWait.');
    fireEvent.click(dialog.getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(rows()).toHaveLength(1);
    // Asked again, it does not begin with the old failure.
    expect((await ask()).queryByRole('alert')).toBeNull();
  });
});
