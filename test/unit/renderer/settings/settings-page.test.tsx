import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/contract/schemas/settings.ts';
import { generalSettings } from '../../../fakes/client/answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  localStorage.clear();
  document.documentElement.dataset.theme = 'light';
});

const section = (name: string) => screen.findByRole('heading', { level: 2, name });
const updates = (calls: readonly { operation: string; input: unknown }[]) =>
  calls.filter((call) => call.operation === 'settings.update').map((call) => call.input);

describe('settings page', () => {
  it('opens from the side bar, keeps the range, and has no range of its own', async () => {
    const { address } = renderApp('/clusters?last=30d');
    await userEvent.click(await screen.findByRole('link', { name: 'Settings' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy();
    expect(address()).toBe('/settings?last=30d');
    expect(screen.queryByRole('button', { name: /^Range:/ })).toBeNull();
    expect(screen.getByRole('button', { name: /^Cluster:/ })).toBeTruthy();
  });

  it('opens with Ctrl or ⌘ and comma from every page', async () => {
    const { address } = renderApp('/clusters?tz=UTC');
    await screen.findByText('3 of 6');
    await userEvent.keyboard('{Control>},{/Control}');
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC'));
  });

  it('has its sections in the address', async () => {
    const { address } = renderApp('/settings');
    expect(await section('General')).toBeTruthy();
    const list = within(screen.getByRole('navigation', { name: 'Settings' }));
    expect(list.getByRole('link', { name: 'General' }).getAttribute('aria-current')).toBe('page');
    await userEvent.click(list.getByRole('link', { name: 'Retention' }));
    expect(await section('Retention')).toBeTruthy();
    expect(address()).toBe('/settings?section=retention');
  });

  it('opens the first section for a name that is none', async () => {
    renderApp('/settings?section=tea');
    expect(await section('General')).toBeTruthy();
  });
});

describe('general settings', () => {
  it('take a theme at once and keep it', async () => {
    const { calls } = renderApp('/settings');
    await userEvent.click(await screen.findByRole('radio', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await waitFor(() => expect(updates(calls)).toEqual([{ theme: 'dark' }]));
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true'));
  });

  it('come from the backend, over what this browser had kept', async () => {
    localStorage.setItem('podwatt:theme', 'light');
    renderApp('/clusters', {
      settings: { get: async () => ({ ...generalSettings, theme: 'dark' as const, time_zone: 'Asia/Tokyo' }) },
    });
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect(await screen.findByRole('button', { name: 'Time zone: Asia/Tokyo' })).toBeTruthy();
  });

  it('leave the address its own zone', async () => {
    renderApp('/clusters?tz=UTC', {
      settings: { get: async () => ({ ...generalSettings, time_zone: 'Asia/Tokyo' }) },
    });
    await screen.findByText('3 of 6');
    expect(screen.getByRole('button', { name: 'Time zone: UTC' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Time zone: UTC' }));
    expect(await screen.findByRole('menuitem', { name: 'Asia/Tokyo' })).toBeTruthy();
  });

  it('find a zone by a part of its name', async () => {
    const { calls } = renderApp('/settings');
    await userEvent.click(await screen.findByRole('button', { name: /^Time zone: As this computer/ }));
    await userEvent.type(await screen.findByPlaceholderText('Find a zone'), 'new york');
    await userEvent.click(await screen.findByRole('option', { name: 'America/New York' }));
    await waitFor(() => expect(updates(calls)).toEqual([{ time_zone: 'America/New_York' }]));
    expect(await screen.findByRole('button', { name: 'Time zone: America/New York' })).toBeTruthy();
    expect(localStorage.getItem('podwatt:time-zone')).toBe('America/New_York');
  });

  it('say where they could not be read', async () => {
    renderApp('/settings', { settings: { get: async () => Promise.reject(new Error('no')) } });
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});

describe('factors', () => {
  const open = async (kept: Partial<Settings> = {}, update?: () => Promise<Settings>) => {
    const view = renderApp('/settings?section=factors', {
      settings: { get: async () => ({ ...generalSettings, ...kept }), ...(update === undefined ? {} : { update }) },
    });
    return { ...view, zone: await screen.findByLabelText<HTMLInputElement>('Zone') };
  };
  const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

  it('save what was changed, in capitals', async () => {
    const { calls, zone } = await open({ default_intensity: 400 });
    expect(save().disabled).toBe(true);
    await userEvent.type(zone, 'fr');
    await userEvent.click(save());
    await waitFor(() => expect(updates(calls)).toEqual([{ default_zone: 'FR' }]));
    expect(await screen.findByText('Saved. The past is restated.')).toBeTruthy();
    expect(save().disabled).toBe(true);
  });

  it('refuse in words at the field, and can be undone', async () => {
    const { zone } = await open({ default_zone: 'FR' });
    const intensity = screen.getByLabelText<HTMLInputElement>('Intensity');
    await userEvent.type(intensity, '-1');
    expect(await screen.findByText(/Grams of CO₂e a kWh, above 0/)).toBeTruthy();
    expect(intensity.getAttribute('aria-invalid')).toBe('true');
    expect(save().disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(intensity.value).toBe('');
    expect(zone.value).toBe('FR');
  });

  it('say why they could not be saved, and keep what was typed', async () => {
    const { zone } = await open({}, async () => Promise.reject(new Error('no')));
    await userEvent.type(zone, 'FR');
    await userEvent.click(save());
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(zone.value).toBe('FR');
  });
});
