import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RangePicker } from '../../../../src/renderer/app/frame/RangePicker.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const BETWEEN = '/?start=2026-10-08T00:00:00Z&end=2026-10-09T00:00:00Z&tz=UTC';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-19T13:25:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(address: string) {
  const part = renderPart(<RangePicker />, {}, address);
  await userEvent.click(await screen.findByRole('button', { name: /^Range:/ }));
  const from: HTMLInputElement = await screen.findByLabelText('From');
  const to: HTMLInputElement = await screen.findByLabelText('To');
  const show = () => userEvent.click(screen.getByRole('button', { name: 'Show this range' }));
  return { ...part, from, to, show };
}

async function put(field: HTMLInputElement, value: string) {
  await userEvent.clear(field);
  if (value !== '') await userEvent.type(field, value);
}

describe('a range of its own', () => {
  it('begins with the range that is shown, on whole hours of the zone', async () => {
    const { from, to } = await open('/?last=24h&tz=Asia/Kolkata');
    // 13:25 UTC is 18:55 in Kolkata; whole hours of UTC are half hours there.
    expect([from.value, to.value]).toEqual(['2026-11-18T18:30', '2026-11-19T18:30']);
  });

  it.each([
    ['an empty end', '2026-10-01T00:00', '', 'Both ends need a date and a time.'],
    ['an empty start', '', '2026-10-09T00:00', 'Both ends need a date and a time.'],
    ['no length', '2026-10-01T00:00', '2026-10-01T00:00', 'The end has to be after the start.'],
    ['the wrong order', '2026-10-02T00:00', '2026-10-01T00:00', 'The end has to be after the start.'],
    ['a future', '2026-11-20T00:00', '2026-11-21T00:00', 'The range has to begin in the past.'],
  ])('is refused with %s, and the one before stays', async (_name, start, end, message) => {
    const { from, to, show, address } = await open(BETWEEN);
    await put(from, start);
    await put(to, end);
    await show();
    expect(await screen.findByText(message)).toBeTruthy();
    expect(document.getElementById(to.getAttribute('aria-describedby') ?? '')?.textContent).toBe(message);
    expect(address()).toBe(BETWEEN);
  });

  it('is taken once it is mended, and the window closes', async () => {
    const { from, to, show, address } = await open(BETWEEN);
    await put(to, '2026-10-01T00:00');
    await show();
    expect(await screen.findByText('The end has to be after the start.')).toBeTruthy();
    await put(from, '2026-09-30T00:00');
    await show();
    await waitFor(() => expect(address()).toBe('/?start=2026-09-30T00:00:00Z&end=2026-10-01T00:00:00Z&tz=UTC'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is sent with Enter too', async () => {
    const { from, address } = await open(BETWEEN);
    await put(from, '2026-10-07T00:00');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(address()).toContain('start=2026-10-07T00:00:00Z'));
  });

  it('may end in the future, so that today can be chosen whole', async () => {
    const { from, to, show, address } = await open(BETWEEN);
    await put(to, '2026-11-20T00:00');
    await put(from, '2026-11-19T00:00');
    await show();
    await waitFor(() => expect(address()).toContain('start=2026-11-19T00:00:00Z&end=2026-11-20T00:00:00Z'));
  });

  it('counts the hour that a clock change repeats', async () => {
    const { from, to, show, address } = await open('/?last=24h&tz=Europe/Paris');
    await put(from, '2026-10-25T00:00');
    await put(to, '2026-10-26T00:00');
    await show();
    // The day on which Paris goes back to winter time has 25 hours.
    await waitFor(() => expect(address()).toContain('start=2026-10-24T22:00:00Z&end=2026-10-25T23:00:00Z'));
  });
});

describe('presets', () => {
  it('mark the one that is shown, and none for a range of its own', async () => {
    const pressed = () => screen.getAllByRole('button', { pressed: true }).map((button) => button.textContent);
    const { unmount } = await open('/?last=30d');
    expect(pressed()).toEqual(['Last 30 days']);
    unmount();
    await open(BETWEEN);
    expect(screen.queryAllByRole('button', { pressed: true })).toEqual([]);
  });

  it('are left again by one press', async () => {
    const { address } = renderPart(<RangePicker />, {}, `${BETWEEN}&cluster=c-eu`);
    await userEvent.click(await screen.findByRole('button', { name: 'Back to last 7 days' }));
    await waitFor(() => expect(address()).toBe('/?tz=UTC&cluster=c-eu&last=7d'));
    expect(screen.queryByRole('button', { name: /^Back to/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Range: Last 7 days' })).toBeTruthy();
  });

  it('fall back to seven days where the address can not be read', async () => {
    renderPart(<RangePicker />, {}, '/?last=7parsecs&tz=Mars/Olympus');
    expect(await screen.findByRole('button', { name: 'Range: Last 7 days' })).toBeTruthy();
  });
});

describe('zone and compare', () => {
  it('write the range on the clocks of the zone', async () => {
    renderPart(<RangePicker />, {}, '/?start=2026-10-08T22:00:00Z&end=2026-10-09T22:00:00Z&tz=Europe/Paris');
    expect(await screen.findByRole('button', { name: 'Range: 9 Oct' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Time zone: Europe/Paris' }).textContent).toBe('CET');
  });

  it('offer the zone of the computer and UTC, and mark the chosen one', async () => {
    const local = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { address } = renderPart(<RangePicker />, {}, '/?tz=Europe/Paris');
    await userEvent.click(await screen.findByRole('button', { name: 'Time zone: Europe/Paris' }));
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual([
      `Local, ${local}`,
      'UTC',
    ]);
    expect(screen.queryByRole('img', { name: 'chosen' })).toBeNull();
    await userEvent.click(screen.getByRole('menuitem', { name: /^Local/ }));
    await waitFor(() => expect(address()).toBe(`/?tz=${local}`));
  });

  it('leave the address when compare goes back to its default', async () => {
    const { address } = renderPart(<RangePicker />, {}, '/?compare=0&last=24h');
    const box = await screen.findByRole('checkbox', { name: 'Compare' });
    expect(box.getAttribute('aria-checked')).toBe('false');
    await userEvent.click(box);
    await waitFor(() => expect(address()).toBe('/?last=24h'));
    expect(box.getAttribute('aria-checked')).toBe('true');
  });
});

describe('keys of the range', () => {
  it('move a range that ends now back, and on to now again', async () => {
    const { address } = renderPart(<RangePicker />, {}, '/?last=24h&tz=UTC');
    await screen.findByRole('button', { name: 'Range: Last 24 hours' });
    // A bracket is typed by writing it twice.
    await userEvent.keyboard('[[');
    await waitFor(() => expect(address()).toBe('/?tz=UTC&start=2026-11-17T13:00:00Z&end=2026-11-18T13:00:00Z'));
    await userEvent.keyboard(']');
    await waitFor(() => expect(address()).toBe('/?tz=UTC&last=24h'));
  });

  it('rest while a date is typed', async () => {
    const { from, address } = await open(BETWEEN);
    act(() => from.focus());
    await userEvent.keyboard('[[r]');
    expect(address()).toBe(BETWEEN);
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
  });
});
