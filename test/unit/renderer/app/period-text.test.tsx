import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThemeMenu } from '../../../../src/renderer/app/frame/ThemeMenu.tsx';
import { applyTheme } from '../../../../src/renderer/app/theme.ts';
import { useNow } from '../../../../src/renderer/app/use-now.ts';
import { usePeriodText } from '../../../../src/renderer/app/view/use-period-text.ts';
import { useView } from '../../../../src/renderer/app/view/use-view.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: new Date('2026-11-19T14:00:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function Text({ period }: { period?: { start: string; end: string } }) {
  return <p data-testid="text">{usePeriodText(period)}</p>;
}
const textOf = async (path: string, period?: { start: string; end: string }) => {
  renderPart(<Text {...(period === undefined ? {} : { period })} />, {}, path);
  return (await screen.findByTestId('text')).textContent;
};

describe('usePeriodText', () => {
  it.each([
    ['/?last=7d&tz=UTC', '12 Nov 14:00 – 19 Nov 14:00, against 5 Nov 14:00 – 12 Nov 14:00'],
    ['/?last=24h&tz=UTC&compare=0', '18 Nov 14:00 – 19 Nov 14:00'],
    ['/?start=2026-11-09T00:00:00Z&end=2026-11-16T00:00:00Z&tz=UTC', '9–15 Nov, against 2–8 Nov'],
    ['/?start=2026-11-09T00:00:00Z&end=2026-11-10T00:00:00Z&tz=UTC', '9 Nov, against 8 Nov'],
    ['/?start=2026-11-09T00:00:00Z&end=2026-11-10T00:00:00Z&tz=Europe/Paris&compare=0', '9 Nov 01:00 – 10 Nov 01:00'],
  ])('%s is %s', async (path, expected) => {
    expect(await textOf(path)).toBe(expected);
  });

  it('takes the period that an answer names over the one of the address', async () => {
    const period = { start: '2026-11-12T00:00:00Z', end: '2026-11-19T00:00:00Z' };
    expect(await textOf('/?last=7d&tz=UTC&compare=0', period)).toBe('12–18 Nov');
  });

  it('moves on with the clock', async () => {
    expect(await textOf('/?last=24h&tz=UTC&compare=0')).toBe('18 Nov 14:00 – 19 Nov 14:00');
    act(() => void vi.advanceTimersByTime(60 * 60_000));
    expect(screen.getByTestId('text').textContent).toBe('18 Nov 15:00 – 19 Nov 15:00');
  });
});

describe('useNow', () => {
  it('leaves no clock behind', async () => {
    const Now = () => <p>{useNow(1_000)}</p>;
    const { unmount } = renderPart(<Now />);
    expect(await screen.findByText(String(Date.parse('2026-11-19T14:00:00Z')))).toBeTruthy();
    const before = vi.getTimerCount();
    unmount();
    expect(vi.getTimerCount()).toBe(before - 1);
  });
});

describe('useView', () => {
  it('keeps its query the same object until the address changes what is asked', async () => {
    const seen = new Set<unknown>();
    function Page() {
      const { query } = useView();
      useNow(1_000);
      seen.add(query);
      return <p>{JSON.stringify(query)}</p>;
    }
    renderPart(<Page />, {}, '/?last=24h&tz=UTC&cluster=c-eu');
    expect(await screen.findByText('{"tz":"UTC","last":"24h","cluster":"c-eu"}')).toBeTruthy();
    act(() => void vi.advanceTimersByTime(5_000));
    expect(seen.size).toBe(1);
  });
});

describe('ThemeMenu', () => {
  it('marks the choice, and hears of one that is made elsewhere', async () => {
    renderPart(<ThemeMenu />);
    const open = async () => userEvent.click(await screen.findByRole('button', { name: 'Theme' }));
    const chosen = async () =>
      (await screen.findByRole('img', { name: 'chosen' })).closest('[role="menuitem"]')?.textContent;
    await open();
    expect(await chosen()).toBe('As the system');
    await userEvent.click(screen.getByRole('menuitem', { name: 'Light' }));
    expect(document.documentElement.dataset.theme).toBe('light');
    act(() => applyTheme('dark'));
    await open();
    expect(await chosen()).toBe('Dark');
    await userEvent.click(screen.getByRole('menuitem', { name: 'As the system' }));
    expect(localStorage.getItem('podwatt:theme')).toBeNull();
  });
});
