import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SourceState } from '../../../../src/contract/schemas/system.ts';
import { SourcesLine } from '../../../../src/renderer/app/frame/SourcesLine.tsx';
import { health } from '../../../fakes/client/answers.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const source = (name: string, state: SourceState['state'], more: Partial<SourceState> = {}): SourceState => ({
  name,
  state,
  cluster_id: 'c-eu',
  detail: `${name} detail`,
  hint: null,
  checked_at: null,
  last_good_at: null,
  ...more,
});
const show = (path: string, ...sources: SourceState[]) =>
  renderPart(<SourcesLine />, { system: { health: async () => ({ ...health, sources }) } }, path);
const status = (button: HTMLElement) => button.querySelector('[data-status]')?.getAttribute('data-status');

describe('SourcesLine', () => {
  it.each([
    ['healthy', '2 of 2', ['ok', 'ok']],
    ['attention', '1 of 2', ['ok', 'partial']],
    ['attention', '1 of 2', ['ok', 'unknown']],
    ['broken', '1 of 3', ['ok', 'partial', 'failed']],
  ] as const)('is %s with %s sources working', async (expected, count, states) => {
    show('/', ...states.map((state, index) => source(`s${index}`, state)));
    const button = await screen.findByRole('button', { name: `${count} sources working` });
    expect(status(button)).toBe(expected);
  });

  it('counts what is switched off neither way', async () => {
    show('/', source('kubernetes', 'ok'), source('energy', 'off'));
    await userEvent.click(await screen.findByRole('button', { name: '1 of 1 sources working' }));
    const list = within(await screen.findByRole('dialog', { name: 'Sources' }));
    expect(list.getAllByRole('listitem')).toHaveLength(1);
  });

  it('counts the sources of the chosen cluster and those of all', async () => {
    const sources = [
      source('kubernetes', 'ok'),
      source('kubernetes', 'failed', { cluster_id: 'c-us' }),
      source('store', 'ok', { cluster_id: null }),
    ];
    const { unmount } = show('/?cluster=c-eu', ...sources);
    expect(await screen.findByRole('button', { name: '2 of 2 sources working' })).toBeTruthy();
    unmount();
    show('/', ...sources);
    expect(await screen.findByRole('button', { name: '2 of 3 sources working' })).toBeTruthy();
  });

  it('says of each what it is, how it stands and what helps, and returns the focus', async () => {
    show('/', source('usage', 'failed', { detail: 'Prometheus did not answer.', hint: 'Check the address.' }));
    const button = await screen.findByRole('button', { name: '0 of 1 sources working' });
    await userEvent.click(button);
    const row = within(await screen.findByRole('dialog', { name: 'Sources' })).getByRole('listitem');
    expect(row.textContent).toBe('Usage failedPrometheus did not answer.Check the address.');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('shows a name that it does not know as it comes', async () => {
    show('/', source('weather', 'ok'));
    await userEvent.click(await screen.findByRole('button', { name: /1 of 1/ }));
    expect(await screen.findByText('weather')).toBeTruthy();
  });

  it('is not there before the first answer or without a source', async () => {
    const { calls } = show('/');
    await waitFor(() => expect(calls.map((call) => call.operation)).toContain('system.health'));
    await act(async () => undefined);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
