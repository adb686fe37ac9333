import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import { Freshness } from '../../../../src/renderer/app/frame/Freshness.tsx';
import { clusters } from '../../../fakes/client/answers.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const [eu, us] = clusters.clusters as [ClusterItem, ClusterItem];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-19T13:58:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const show = (path: string, ...items: ClusterItem[]) =>
  renderPart(<Freshness />, { clusters: { list: async () => ({ clusters: items }) } }, path);
const line = (name: RegExp | string) => screen.findByRole('button', { name });

describe('Freshness', () => {
  it('is quiet while figures are young, and names the next run on focus', async () => {
    show('/?tz=UTC', eu);
    const button = await line('Figures until 3 min ago');
    expect(button.className).not.toMatch(/warn|bad/);
    await userEvent.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Collected until 13:55, next run 14:00');
  });

  it('grows old without an event, and warns', async () => {
    show('/?tz=UTC', eu);
    await line('Figures until 3 min ago');
    act(() => void vi.advanceTimersByTime(18 * 60_000));
    const late = await line('Figures until 21 min ago');
    expect(late.className).toContain('text-warn');
    await userEvent.tab();
    expect((await screen.findByRole('tooltip')).textContent).toMatch(/^Last window ended 13:55/);
  });

  it('takes the clock of the zone once an hour has passed', async () => {
    show('/?tz=Europe/Paris', { ...eu, last_window_end: '2026-11-19T09:10:00Z' });
    expect((await line(/^Figures until/)).textContent).toBe('Figures until 10:10');
  });

  it('looks at the cluster of the address alone', async () => {
    const old = { ...us, last_window_end: '2026-11-19T12:59:00Z' };
    const { unmount } = show('/?cluster=c-us&tz=UTC', eu, old);
    expect((await line(/^Figures until/)).textContent).toBe('Figures until 59 min ago');
    unmount();
    show('/?tz=UTC', eu, old);
    expect((await line(/^Figures until/)).textContent).toBe('Figures until 3 min ago');
  });

  it('says that history is being read', async () => {
    show('/?tz=UTC', { ...eu, state: 'reading-history' });
    expect((await line(/^Figures until/)).textContent).toBe('Figures until Reading history');
  });

  it('says until when there are figures, where nothing is collected', async () => {
    show('/?tz=UTC', { ...eu, collecting: false, state: 'paused', last_window_end: '2026-11-12T10:00:00Z' });
    const button = await line(/^Figures until/);
    expect(button.textContent).toBe('Figures until Until 12 Nov 10:00');
    expect(button.className).not.toMatch(/warn|bad/);
  });

  it('says that the collector stopped, above all else', async () => {
    const { client } = show('/?tz=UTC', { ...eu, state: 'reading-history' });
    await line(/Reading history/);
    act(() => client.connection.set({ status: 'down', reason: null }));
    const stopped = await line(/Collector stopped/);
    expect(stopped.className).toContain('text-bad');
    act(() => client.connection.set({ status: 'up' }));
    expect(await line(/Reading history/)).toBeTruthy();
  });

  it('is not there where no figure is', async () => {
    const { calls } = show('/?tz=UTC', { ...eu, last_window_end: null });
    await vi.waitFor(() => expect(calls.map((call) => call.operation)).toContain('clusters.list'));
    await act(async () => undefined);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
