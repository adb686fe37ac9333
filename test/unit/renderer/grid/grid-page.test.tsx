import { ORPCError } from '@orpc/client';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GridFeedState, GridZoneSummary } from '../../../../src/contract/schemas/grid.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import {
  failedFeed,
  GRID_NOW_MS,
  gridZones,
  ireland,
  liveHistory,
  tablesFeed,
  unknownPlace,
  workingFeed,
  yearlyHistory,
} from '../../../fakes/client/grid-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: GRID_NOW_MS, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

const AT = '/grid?tz=UTC';
const zoneButton = (name: string) => screen.findByRole('button', { name: new RegExp(`^\\S* ?${name}`) });
const withZones = (...zones: GridZoneSummary[]): FakeOperations => ({
  grid: { zones: async () => ({ ...gridZones, zones }) },
});
const withFeed = (feed: Partial<GridFeedState>) => withZones({ ...ireland, feed: { ...workingFeed, ...feed } });
const oneLine = (text: string | null | undefined) => text?.replace(/\s+/g, ' ');

describe('Grid', () => {
  it('opens from the side bar with the zone that emits most', async () => {
    const { address } = renderApp('/clusters?tz=UTC&last=30d');
    await userEvent.click(await screen.findByRole('link', { name: 'Grid' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Ireland' })).toBeTruthy();
    expect(address()).toBe('/grid?last=30d&tz=UTC');
    expect((await zoneButton('Ireland')).getAttribute('aria-current')).toBe('true');
  });

  it('lists each zone with its value, range, age, clusters, share, mean and feed', async () => {
    renderApp(AT);
    const line = await zoneButton('Ireland');
    for (const words of [
      'IE',
      '287',
      'Live, of 13:00, 30 min ago',
      '273–302',
      'prod-eu-west-1, 14 nodes',
      '75 % of emissions',
      'Electricity Maps, working',
      'mean 253',
    ]) {
      expect(within(line).getByText(words)).toBeTruthy();
    }
    expect(within(line).getByRole('img', { name: 'Measured' })).toBeTruthy();
    expect((await zoneButton('PJM')).textContent).toContain('Yearly value, 2025');
  });

  it('follows a click and keeps the zone in the address; the range goes along', async () => {
    const { address, calls } = renderApp(`${AT}&last=24h`);
    await userEvent.click(await zoneButton('PJM'));
    await waitFor(() => expect(address()).toBe(`${AT}&last=24h&zone=US-MIDA-PJM`));
    expect(await screen.findByRole('heading', { level: 1, name: 'PJM Interconnection' })).toBeTruthy();
    const asked = calls.filter((call) => call.operation === 'grid.history').map((call) => call.input);
    expect(asked.at(-1)).toEqual({ tz: 'UTC', last: '24h', zone: 'US-MIDA-PJM' });
  });

  it('walks the list by arrow keys', async () => {
    renderApp(AT);
    const first = await zoneButton('Ireland');
    first.focus();
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('PJM');
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(first);
    fireEvent.keyDown(first, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(first);
  });

  it('asks for the zones of the chosen cluster, and for the whole history of a zone', async () => {
    const { calls } = renderApp(`${AT}&cluster=c-eu`);
    await screen.findByRole('img', { name: /^Intensity of Ireland/ });
    expect(calls.find((call) => call.operation === 'grid.zones')?.input).toMatchObject({ cluster: 'c-eu' });
    expect(calls.find((call) => call.operation === 'grid.history')?.input).not.toHaveProperty('cluster');
  });

  it('shows the figures of the zone with range and age', async () => {
    renderApp(AT);
    const figures = within(await screen.findByRole('region', { name: 'Figures' }));
    expect(figures.getByText('273–302, Live, of 13:00, 30 min ago')).toBeTruthy();
    expect(figures.getByText('22.1')).toBeTruthy();
    expect(figures.getByText('75 % of all zones, 87.0 kWh')).toBeTruthy();
    expect(figures.getByText('Working. Last value from 13:05, 25 min ago')).toBeTruthy();
  });

  it('writes no mean and no share for a zone without energy, and no zero for them', async () => {
    renderApp(AT, withZones({ ...ireland, mean: null, co2e_grams: 0, facility_energy_joules: 0 }));
    const figures = within(await screen.findByRole('region', { name: 'Figures' }));
    expect(figures.getByText('no data')).toBeTruthy();
    expect(figures.getByText('no energy in this range')).toBeTruthy();
    expect(screen.getByText('no emissions')).toBeTruthy();
  });

  it('turns the chart into its table and back with T', async () => {
    renderApp(AT);
    await screen.findByRole('img', { name: /^Intensity of Ireland/ });
    await userEvent.keyboard('t');
    const table = await screen.findByRole('table', { name: /^Intensity of Ireland/ });
    expect(within(table).getAllByText('to come')).toHaveLength(24);
    expect(within(table).getByText('no data')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show as chart' }));
    expect(await screen.findByRole('img', { name: /^Intensity of Ireland/ })).toBeTruthy();
  });

  it('says that a zone of the address is not in the range', async () => {
    renderApp(`${AT}&zone=BR-S`);
    expect(await screen.findByText(/No node of this range is in this zone/)).toBeTruthy();
    expect(await zoneButton('Ireland')).toBeTruthy();
  });
});

describe('clean hours', () => {
  const panel = async () => within(await screen.findByRole('region', { name: 'Clean hours' }));

  it('are listed with their time, amount and distance to the mean', async () => {
    renderApp(AT);
    const clean = await panel();
    expect(await clean.findByText('Fri 20 Nov, 11:00–14:00')).toBeTruthy();
    expect(clean.getByText('32 % below the mean of the next 24 h')).toBeTruthy();
    expect(clean.getByText('168 g/kWh')).toBeTruthy();
    expect(clean.getByText('in 22 h')).toBeTruthy();
    expect(clean.getByText('From the forecast that Electricity Maps publishes.')).toBeTruthy();
  });

  it('are on the clocks of the address', async () => {
    renderApp('/grid?tz=Asia/Tokyo');
    expect(await (await panel()).findByText('Fri 20 Nov, 20:00–23:00')).toBeTruthy();
  });

  it('say that a usual course is no forecast', async () => {
    renderApp(AT, { grid: { history: async () => ({ ...liveHistory(), forecast_from: 'profile' as const }) } });
    expect(await (await panel()).findByText(/which is no forecast/)).toBeTruthy();
  });

  it('are not claimed from a yearly value; the way to live data is there', async () => {
    const { address } = renderApp(`${AT}&zone=US-MIDA-PJM`);
    const clean = await panel();
    expect(await clean.findByText('No hour is known to be cleaner')).toBeTruthy();
    await userEvent.click(clean.getByRole('button', { name: 'Connect live grid data' }));
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC&section=sources'));
  });

  it('are none where the next day is even, or where they are over', async () => {
    renderApp(AT, {
      grid: {
        history: async () => ({
          ...liveHistory(),
          clean_hours: [
            { start: '2026-11-19T09:00:00Z', end: '2026-11-19T12:00:00Z', intensity: 150, below_mean: 0.3 },
          ],
        }),
      },
    });
    expect(await (await panel()).findByText('The next 24 h are much alike')).toBeTruthy();
  });
});

describe('hours of the day', () => {
  it('show days by the hour, with the usual extremes in words', async () => {
    renderApp(AT);
    expect(
      await screen.findByRole('img', { name: /^By day and hour\. Lowest as a rule at 13:00, .*highest at 19:00/ }),
    ).toBeTruthy();
  });

  it('say why a yearly value has none', async () => {
    renderApp(`${AT}&zone=US-MIDA-PJM`);
    expect(await screen.findByText('Every hour has the same value')).toBeTruthy();
  });
});

describe('states of a zone', () => {
  const notice = async (title: string) =>
    oneLine((await screen.findByText(title)).closest('[role="status"]')?.textContent);

  it('nothing stands above the figures while its feed works', async () => {
    renderApp(AT);
    await screen.findByRole('img', { name: /^Intensity of Ireland/ });
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(screen.queryByText('Yearly values are used')).toBeNull();
  });

  it('without a key says what yearly values mean, and leads to the key', async () => {
    const { address } = renderApp(AT, withZones({ ...ireland, feed: tablesFeed }));
    expect(await notice('Yearly values are used')).toContain("they can't be told apart, and the range is wider");
    await userEvent.click(screen.getAllByRole('button', { name: 'Connect live grid data' })[0]!);
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC&section=sources'));
    expect(await screen.findByRole('heading', { level: 2, name: 'Sources and keys' })).toBeTruthy();
  });

  it('with a feed that failed gives its words, the age of the last good value, and asks again', async () => {
    const { calls } = renderApp(AT, withFeed(failedFeed));
    expect(await notice('Electricity Maps refused the key (401).')).toContain(
      'Last value from 11:00, 2 h 30 min ago. Enter a key that is valid in the settings.',
    );
    const asked = () => calls.filter((call) => call.operation.startsWith('grid.')).length;
    await screen.findByRole('img', { name: /^Intensity of Ireland/ });
    const before = asked();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked()).toBe(before + 2));
  });

  it('with a feed that never answered says so', async () => {
    renderApp(AT, withFeed({ state: 'failed', message: null, last_good_at: null }));
    expect(await notice('Electricity Maps gave no value')).toContain('No value came from it yet.');
  });

  it('that waits says for what', async () => {
    renderApp(AT, withFeed({ state: 'waiting', message: 'It is asked again at 14:10.' }));
    expect(await notice('Waiting for Electricity Maps')).toContain('It is asked again at 14:10. Last value from 13:05');
  });

  it('offline says what is used instead, and keeps the last value', async () => {
    const { address } = renderApp(AT, withFeed({ state: 'offline' }));
    expect(await notice('Podwatt works offline')).toContain('Last value from 13:05, 25 min ago.');
    await userEvent.click(screen.getByRole('button', { name: 'Open sources' }));
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC&section=sources'));
  });

  it('whose place is not known says how many nodes, and leads to setting it', async () => {
    const { address } = renderApp(AT, withZones(unknownPlace));
    expect(await screen.findByRole('heading', { level: 1, name: 'Place not known' })).toBeTruthy();
    expect(await notice('The place of these nodes is not known')).toContain('3 nodes tell no region');
    expect(screen.queryByRole('button', { name: 'Connect live grid data' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Set the zone' }));
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC&section=factors&context=prod-ap-south-1'));
  });

  it('in use nowhere says how one comes into use', async () => {
    const { address } = renderApp(AT, withZones());
    expect(await screen.findByText('No grid zone is in use in this range')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Open clusters' }));
    await waitFor(() => expect(address()).toBe('/clusters?tz=UTC'));
  });

  it('without any value draws none', async () => {
    renderApp(AT, { grid: { history: async () => ({ ...yearlyHistory('IE'), points: [] }) } });
    expect((await screen.findAllByText('No intensity of this zone in this range')).length).toBeGreaterThan(0);
    expect(screen.queryByRole('img', { name: /^Intensity of/ })).toBeNull();
  });

  it('keeps the list while the history fails', async () => {
    const refused = new ORPCError('X', {
      message: 'The history of a zone is answered for 400 days at most',
      data: { failure: 'bad-input', hint: 'Choose a shorter range.' },
    });
    renderApp(AT, { grid: { history: async () => Promise.reject(refused) } });
    const chart = within(await screen.findByRole('region', { name: 'Intensity over time' }));
    expect((await chart.findByRole('alert')).textContent).toContain('400 days at most');
    expect(chart.getByText('Choose a shorter range.')).toBeTruthy();
    expect(await zoneButton('Ireland')).toBeTruthy();
  });
});
