import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionDialog } from '../../../../src/renderer/app/ConnectionDialog.tsx';
import { useApi } from '../../../../src/renderer/rpc/provider.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function Page() {
  const api = useApi();
  const { data } = useQuery(api.contexts.list.queryOptions());
  return (
    <>
      <button type="button">{data === undefined ? 'loading' : 'shown'}</button>
      <ConnectionDialog />
    </>
  );
}

async function show() {
  const part = renderPart(<Page />, {}, '/?tz=UTC');
  await screen.findByRole('button', { name: 'shown' });
  const count = (operation: string) => part.calls.filter((call) => call.operation === operation).length;
  const set = (status: 'up' | 'waiting' | 'down', reason: string | null = null) =>
    act(() => part.client.connection.set(status === 'down' ? { status, reason } : { status }));
  return { ...part, count, set };
}

describe('ConnectionDialog', () => {
  it('asks nothing twice when the first answer comes', async () => {
    const { client, calls } = renderPart(<Page />, {}, '/', { status: 'waiting' });
    await screen.findByRole('button', { name: 'shown' });
    act(() => client.connection.set({ status: 'up' }));
    await act(async () => undefined);
    expect(calls.filter((call) => call.operation === 'contexts.list')).toHaveLength(1);
  });

  it('asks everything anew after the backend was away', async () => {
    const { count, set } = await show();
    set('waiting');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    set('up');
    await waitFor(() => expect(count('contexts.list')).toBe(2));
  });

  it('tries by itself every few seconds while it is down, and stops then', async () => {
    const { count, set } = await show();
    vi.useFakeTimers();
    set('down');
    act(() => void vi.advanceTimersByTime(9_000));
    expect(count('system.version')).toBe(3);
    set('up');
    act(() => void vi.advanceTimersByTime(60_000));
    expect(count('system.version')).toBe(3);
  });

  it('tries at once on demand', async () => {
    const { count, set } = await show();
    set('down');
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(count('system.version')).toBe(1);
  });

  it('copies what happened, and has no such part where nothing is known', async () => {
    const copied: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copied.push(text));
    const { set } = await show();
    set('down');
    const dialog = within(await screen.findByRole('alertdialog'));
    expect(dialog.queryByText('What happened')).toBeNull();
    set('down', 'exit code 134');
    await userEvent.click(await dialog.findByRole('button', { name: 'Copy' }));
    expect(copied).toEqual(['exit code 134']);
  });

  it('comes again after it was put away, once the backend was back', async () => {
    const { set } = await show();
    set('down');
    await userEvent.click(await screen.findByRole('button', { name: 'View without collecting' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    set('down', 'still');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    set('up');
    set('down');
    expect(await screen.findByRole('alertdialog')).toBeTruthy();
  });

  it('cannot be put away with Esc by accident, and gives the focus back', async () => {
    const { set } = await show();
    screen.getByRole('button', { name: 'shown' }).focus();
    set('down');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Try again'));
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('alertdialog')).toBeTruthy();
    set('up');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'shown' })));
  });
});
