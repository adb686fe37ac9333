import { ORPCError } from '@orpc/client';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SettingsLink } from '../../../../src/renderer/app/store/SettingsLink.tsx';
import { FormFoot } from '../../../../src/renderer/features/settings/FormFoot.tsx';
import { ReachBar } from '../../../../src/renderer/features/settings/retention/ReachBar.tsx';
import { RetentionRow } from '../../../../src/renderer/features/settings/retention/RetentionRow.tsx';
import { SaveFailure } from '../../../../src/renderer/features/settings/SaveFailure.tsx';
import { SettingRow } from '../../../../src/renderer/features/settings/SettingRow.tsx';
import { SECTIONS } from '../../../../src/renderer/features/settings/sections.ts';
import { StoreFigures } from '../../../../src/renderer/features/settings/storage/StoreFigures.tsx';
import { StoreHead } from '../../../../src/renderer/features/settings/storage/StoreHead.tsx';
import { WaitingPanel } from '../../../../src/renderer/features/settings/storage/WaitingPanel.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { storeStatus } from '../../../fakes/client/store-answers.ts';

describe('sections', () => {
  it('have names and keys of their own', () => {
    expect(SECTIONS.map(({ name }) => name)).toEqual([
      'General',
      'Sources and keys',
      'Kubernetes',
      'Method and factors',
      'Recommendations',
      'Alerts',
      'Storage',
      'Retention',
      'API tokens',
    ]);
    expect(new Set(SECTIONS.map(({ key }) => key)).size).toBe(SECTIONS.length);
    for (const { about } of SECTIONS) expect(about).toMatch(/\.$/);
  });
});

describe('SettingsLink', () => {
  it('takes range and cluster along, and leaves the rest', async () => {
    renderPart(<SettingsLink section="storage">Storage</SettingsLink>, {}, '/?cluster=c-eu&last=30d&node=n1');
    const link = await screen.findByRole('link', { name: 'Storage' });
    expect(link.getAttribute('href')).toBe('/settings?cluster=c-eu&last=30d&section=storage');
    expect(link.getAttribute('aria-current')).toBeNull();
  });
});

describe('FormFoot', () => {
  it('saves only what can be saved, and undoes only what was typed', () => {
    const { rerender } = render(<FormFoot note="Not yet." isSaved={false} canSave={false} />);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Undo changes' })).toBeNull();
    rerender(<FormFoot note="Saved." isSaved canSave onCancel={() => undefined} actions={<b>more</b>} />);
    expect(screen.getByRole('status').textContent).toBe('Saved.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).type).toBe('submit');
    expect(screen.getByRole('button', { name: 'Undo changes' })).toBeTruthy();
    expect(screen.getByText('more')).toBeTruthy();
  });
});

describe('SaveFailure', () => {
  it('is nothing while all is well, and words when not', () => {
    const { rerender, container } = render(<SaveFailure error={null} />);
    expect(container.textContent).toBe('');
    const error = new ORPCError('X', {
      message: 'It is in use',
      data: { failure: 'conflict', hint: 'Wait a minute.' },
    });
    rerender(<SaveFailure error={error} />);
    expect(screen.getByRole('alert').textContent).toBe('It is in useWait a minute.');
  });
});

describe('SettingRow', () => {
  it('names a setting and holds its control', () => {
    render(
      <SettingRow name="Theme" about="Light or dark.">
        <button type="button">Light</button>
      </SettingRow>,
    );
    expect(screen.getByText('Theme')).toBeTruthy();
    expect(screen.getByText('Light or dark.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Light' })).toBeTruthy();
  });
});

describe('ReachBar', () => {
  const width = (days: number) => {
    const { container, unmount } = render(<ReachBar days={days} hasScale={false} />);
    const bar = container.querySelector<HTMLElement>('.overflow-hidden > div');
    const found = bar === null ? null : bar.className.includes('w-full') ? 100 : Number.parseFloat(bar.style.width);
    unmount();
    return found;
  };

  it('is longer for more days, on a scale of magnitudes', () => {
    const widths = [3, 30, 90, 400, 3650].map((days) => width(days) ?? Number.NaN);
    expect([...widths].sort((a, b) => a - b)).toEqual(widths);
    expect(widths.at(-1)).toBe(100);
    expect(width(10_000)).toBe(100);
    expect(width(Number.POSITIVE_INFINITY)).toBe(100);
  });

  it('draws nothing for what is no number, and is silent for readers', () => {
    expect(width(Number.NaN)).toBeNull();
    const { container } = render(<ReachBar days={30} hasScale />);
    expect(container.firstElementChild?.getAttribute('aria-hidden')).toBe('true');
    expect(container.textContent).toBe('1 d1 w1 mo1 y10 y');
  });
});

describe('RetentionRow', () => {
  it('tells what was typed, and of for ever', async () => {
    const onChange = vi.fn();
    const { rerender } = render(<RetentionRow level="day_days" value={null} problem={null} onChange={onChange} />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'For ever, the default' }));
    expect(onChange).toHaveBeenLastCalledWith('3650');
    rerender(<RetentionRow level="day_days" value="800" problem="too short" onChange={onChange} />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'For ever, the default' }));
    expect(onChange).toHaveBeenLastCalledWith(null);
    expect(screen.getByText('too short')).toBeTruthy();
  });

  it('offers for ever for the coarsest level only', () => {
    render(<RetentionRow level="raw_days" value="30" problem={null} onChange={() => undefined} />);
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

describe('StoreHead', () => {
  const show = (more: Partial<typeof storeStatus>) =>
    renderPart(<StoreHead status={{ ...storeStatus, ...more }} state={{ kind: 'ready' }} />, {}, '/?tz=UTC');

  it.each([
    ['default', 'Default: the file in the data folder'],
    ['command', 'Command line or PODWATT_STORE'],
    ['app', 'These settings'],
  ] as const)('says who chose the store: %s', async (chosen_by, words) => {
    show({ chosen_by });
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('says what is not known yet', async () => {
    show({ server_version: null, last_good_at: null });
    expect(await screen.findByText('not known yet')).toBeTruthy();
    expect(screen.getByText('none yet')).toBeTruthy();
  });

  it('counts what waits, and says what a store that is up refused', async () => {
    show({ spool: { windows: 3, oldest: null }, problem: 'A window was refused' });
    expect(await screen.findByText('3 windows')).toBeTruthy();
    expect(screen.getByText('A window was refused.')).toBeTruthy();
  });

  it('leaves the reason to the banner while it is away', async () => {
    show({ state: 'away', problem: 'It refused', next_try_at: null });
    expect(await screen.findByText('as soon as something is asked')).toBeTruthy();
    expect(screen.queryByText('It refused.')).toBeNull();
  });

  it('says how old it is where it could not be read again', async () => {
    const state = { kind: 'partial', message: 'It failed. Shown are the figures of 7 min ago.' } as const;
    renderPart(<StoreHead status={storeStatus} state={state} />);
    expect(await screen.findByText(/Shown are the figures of 7 min ago/)).toBeTruthy();
  });
});

describe('WaitingPanel', () => {
  it('speaks of one window as one', async () => {
    renderPart(<WaitingPanel status={{ ...storeStatus, spool: { windows: 1, oldest: null } }} />);
    expect(await screen.findByRole('heading', { name: '1 window waits on this machine' })).toBeTruthy();
    expect(screen.queryByText(/The oldest/)).toBeNull();
  });
});

describe('StoreFigures', () => {
  it('count a growth in millions of rows in words', async () => {
    renderPart(<StoreFigures status={{ ...storeStatus, rows_per_day: 2_100_000 }} asOf={null} />);
    expect(await screen.findByText('2.10 million rows')).toBeTruthy();
    expect(screen.getByText('in 8 tables')).toBeTruthy();
  });

  it('have the time of what was last known', async () => {
    renderPart(<StoreFigures status={storeStatus} asOf="2026-11-19T13:39:00Z" />, {}, '/?tz=UTC');
    expect(await screen.findAllByText(/^as of .*13:39$/)).toHaveLength(2);
  });
});
