import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { TokensSection } from '../../../../src/renderer/features/settings/tokens/TokensSection.tsx';
import { expiryOf, usedWords } from '../../../../src/renderer/features/settings/tokens/token-words.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { token } from '../../../fakes/client/savings-answers.ts';

const NOW = Date.UTC(2026, 10, 19, 14);
const refuse = () =>
  Promise.reject(new ORPCError('X', { message: 'Not allowed', data: { failure: 'forbidden', hint: 'Ask.' } }));
const withTokens = (tokens: NonNullable<FakeOperations['tokens']>): FakeOperations => ({ tokens });

beforeEach(() => localStorage.clear());

describe('words of a token', () => {
  it('say when it ends, and warn before', () => {
    const at = (iso: string | null) => expiryOf({ expires_at: iso }, NOW, 'UTC');
    expect(at(null)).toEqual({ words: 'no end', tone: 'plain' });
    expect(at('2027-01-01T08:00:00Z')).toEqual({ words: '1 Jan 2027', tone: 'plain' });
    expect(at('2026-11-25T08:00:00Z')).toEqual({ words: '25 Nov 2026', tone: 'warn' });
    expect(at('2026-11-01T08:00:00Z')).toEqual({ words: 'ended 1 Nov 2026', tone: 'bad' });
  });

  it('say when it was used last', () => {
    expect(usedWords({ last_used_at: null }, NOW, 'UTC')).toBe('never');
    expect(usedWords({ last_used_at: '2026-11-19T13:30:00Z' }, NOW, 'UTC')).toBe('30 min ago');
  });
});

describe('the tokens', () => {
  it('are listed without a secret', async () => {
    renderPart(<TokensSection />, {}, '/?tz=UTC');
    const row = (await screen.findByText('CI of the shop')).closest('tr');
    expect(row?.textContent).toContain('Read');
    expect(row?.textContent).toContain('1 Oct');
  });

  it('a new one shows its secret once', async () => {
    const user = userEvent.setup();
    const { calls } = renderPart(<TokensSection />, {}, '/?tz=UTC');
    await user.click(await screen.findByRole('button', { name: 'New token…' }));
    const form = within(await screen.findByRole('dialog', { name: 'New API token' }));
    await user.click(form.getByRole('button', { name: 'Make the token' }));
    expect(form.getByText('A name, to know it by later')).toBeTruthy();
    await user.type(form.getByRole('textbox', { name: 'Name' }), 'Prometheus');
    await user.click(form.getByRole('combobox', { name: 'It may' }));
    await user.click(await screen.findByRole('option', { name: 'Metrics only' }));
    await user.click(form.getByRole('combobox', { name: 'It ends after' }));
    await user.click(await screen.findByRole('option', { name: 'No end' }));
    await user.click(form.getByRole('button', { name: 'Make the token' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'tokens.create',
        input: { name: 'Prometheus', scope: 'metrics', expires_in_days: null },
      }),
    );
    const made = within(await screen.findByRole('dialog', { name: /^Token/ }));
    expect(made.getByText('podwatt_secret')).toBeTruthy();
    await user.click(made.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe('podwatt_secret');
    await user.click(made.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('podwatt_secret')).toBeNull());
    expect(calls.filter(({ operation }) => operation === 'tokens.list').length).toBeGreaterThan(1);
  });

  it('is revoked after a question', async () => {
    const { calls } = renderPart(<TokensSection />, {}, '/?tz=UTC');
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke CI of the shop' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Keep it' }));
    expect(calls.some(({ operation }) => operation === 'tokens.revoke')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Revoke CI of the shop' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke token' }));
    await waitFor(() => expect(calls).toContainEqual({ operation: 'tokens.revoke', input: { id: 't1' } }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('says why one could not be made or revoked', async () => {
    renderPart(
      <TokensSection />,
      withTokens({ list: async () => ({ tokens: [token] }), create: refuse, revoke: refuse }),
      '/?tz=UTC',
    );
    await userEvent.click(await screen.findByRole('button', { name: 'New token…' }));
    const form = within(await screen.findByRole('dialog'));
    await userEvent.type(form.getByRole('textbox', { name: 'Name' }), 'x');
    await userEvent.click(form.getByRole('button', { name: 'Make the token' }));
    expect((await form.findByRole('alert')).textContent).toBe('Not allowedAsk.');
    await userEvent.click(form.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(screen.getByRole('button', { name: 'Revoke CI of the shop' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke token' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Not allowed');
  });

  it('are none at first', async () => {
    renderPart(<TokensSection />, withTokens({ list: async () => ({ tokens: [] }) }));
    expect(await screen.findByText('No tokens yet')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'New token…' })).toHaveLength(1);
  });
});
