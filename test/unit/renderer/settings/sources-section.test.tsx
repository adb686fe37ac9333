import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceSettings } from '../../../../src/contract/schemas/sources.ts';
import { keyProblem } from '../../../../src/renderer/features/settings/sources/ElectricityMapsRow.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { GRID_NOW_MS, sourceSettings, sourceStates } from '../../../fakes/client/grid-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: GRID_NOW_MS, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

type Sources = NonNullable<FakeOperations['sources']>;

async function open(kept: Partial<SourceSettings> = {}, more: Sources = {}) {
  const view = renderApp('/settings?section=sources&tz=UTC', {
    sources: { settings: async () => ({ ...sourceSettings, ...kept }), ...more },
  });
  await screen.findByRole('button', { name: 'Test Electricity Maps' });
  const sent = (operation: string) =>
    view.calls.filter((call) => call.operation === `sources.${operation}`).map((call) => call.input);
  return { ...view, sent };
}
const row = (name: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-source="${name}"]`);
  if (found === null) throw new Error(`There is no row of ${name}`);
  return found;
};
const unfold = async (name: string) => {
  await userEvent.click(screen.getByRole('button', { name: `Open ${name}` }));
  return within(row(name));
};
const noKey = { electricity_maps: { enabled: true, has_key: false } };

describe('sources', () => {
  it('each have a sign with a word, and their cluster where they are of one', async () => {
    await open();
    expect(await within(row('Electricity Maps')).findByText('Failed')).toBeTruthy();
    expect(within(row('GB Carbon Intensity')).getByText('Waiting')).toBeTruthy();
    expect(within(row('Boavizta')).getByText('Not set up')).toBeTruthy();
    const costs = [...document.querySelectorAll('[data-source="OpenCost"]')].map((each) => each.textContent);
    expect(costs).toHaveLength(3);
    expect(costs[0]).toContain('prod-eu-west-1');
    expect(costs[0]).toContain('Working');
    expect(costs[1]).not.toContain('Working');
  });

  it('say how one failed and when its last good value came', async () => {
    await open();
    const maps = await unfold('Electricity Maps');
    expect(maps.getByText(/refused the key \(401\)\. .* Last value from 11:00, 2 h 30 min ago\./)).toBeTruthy();
  });

  it('stay usable where their states can not be read; they are asked again', async () => {
    let isDown = true;
    const { sent } = await open({}, { states: async () => (isDown ? Promise.reject(new Error('no')) : sourceStates) });
    expect(await screen.findByText(/How the sources do is not known\./)).toBeTruthy();
    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await within(row('Electricity Maps')).findByText('Failed')).toBeTruthy();
    expect(sent('states')).toHaveLength(2);
    expect(screen.queryByText(/is not known\./)).toBeNull();
  });

  it('say that the settings could not be read', async () => {
    renderApp('/settings?section=sources', { sources: { settings: async () => Promise.reject(new Error('no')) } });
    expect((await screen.findAllByRole('alert')).length).toBe(2);
  });
});

describe('the key', () => {
  it('is set, and is nowhere on the page afterwards', async () => {
    let has = false;
    const { sent, container } = await open(noKey, {
      update: async (input) => {
        has = typeof input.electricity_maps?.key === 'string';
        return { ...sourceSettings, electricity_maps: { enabled: true, has_key: has } };
      },
    });
    const field = screen.getByLabelText<HTMLInputElement>('API key');
    expect(field.type).toBe('password');
    const set = screen.getByRole<HTMLButtonElement>('button', { name: 'Set the key' });
    expect(set.disabled).toBe(true);
    await userEvent.type(field, ' em-1234-secret ');
    await userEvent.click(set);
    expect(await screen.findByText('A key is kept')).toBeTruthy();
    expect(sent('update')).toEqual([{ electricity_maps: { key: 'em-1234-secret' } }]);
    expect(container.innerHTML).not.toContain('em-1234-secret');
  });

  it('that is kept is replaced by another, or kept after all', async () => {
    const { sent } = await open();
    const maps = await unfold('Electricity Maps');
    await userEvent.click(maps.getByRole('button', { name: 'Replace' }));
    await userEvent.type(maps.getByLabelText('API key'), 'new-key');
    await userEvent.click(maps.getByRole('button', { name: 'Keep the old one' }));
    expect(maps.getByText('A key is kept')).toBeTruthy();
    await userEvent.click(maps.getByRole('button', { name: 'Replace' }));
    expect(maps.getByLabelText<HTMLInputElement>('API key').value).toBe('');
    await userEvent.type(maps.getByLabelText('API key'), 'new-key');
    await userEvent.click(maps.getByRole('button', { name: 'Replace the key' }));
    await waitFor(() => expect(sent('update')).toEqual([{ electricity_maps: { key: 'new-key' } }]));
  });

  it('that is kept is removed', async () => {
    const { sent } = await open();
    const maps = await unfold('Electricity Maps');
    await userEvent.click(maps.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(sent('update')).toEqual([{ electricity_maps: { key: null } }]));
    expect(await maps.findByLabelText('API key')).toBeTruthy();
  });

  it('with a space in it is refused at the field', async () => {
    await open(noKey);
    await userEvent.type(screen.getByLabelText('API key'), 'two words');
    expect(screen.getByText('One word of letters, digits and signs, without spaces')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Set the key' }).disabled).toBe(true);
    expect(['', '  ', 'abc', ' abc '].map(keyProblem)).toEqual([null, null, null, null]);
    expect(keyProblem('x'.repeat(201))).not.toBeNull();
  });

  it('that could not be saved stays typed, with the reason', async () => {
    const refused = new ORPCError('X', { message: 'The disk is full', data: { failure: 'store', hint: 'Make room.' } });
    await open(noKey, { update: async () => Promise.reject(refused) });
    await userEvent.type(screen.getByLabelText('API key'), 'abc');
    await userEvent.click(screen.getByRole('button', { name: 'Set the key' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
    expect(screen.getByLabelText<HTMLInputElement>('API key').value).toBe('abc');
  });
});

describe('a test of the connection', () => {
  it('tries the key that is typed before it is saved, and tells how fast', async () => {
    const { sent } = await open(noKey);
    await userEvent.type(screen.getByLabelText('API key'), 'abc');
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('It answers: DE had 301 g CO2e/kWh.')).toBeTruthy();
    expect(within(row('Electricity Maps')).getAllByText('42 ms').length).toBeGreaterThan(0);
    expect(sent('test')).toEqual([{ source: 'electricity-maps', key: 'abc' }]);
    expect(sent('update')).toEqual([]);
  });

  it('uses what is kept where nothing is typed, and opens its row', async () => {
    const { sent } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Test Electricity Maps' }));
    expect(await screen.findByText(/It answers/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Test GB Carbon Intensity' }));
    await waitFor(() => expect(sent('test')).toHaveLength(2));
    expect(sent('test')).toEqual([{ source: 'electricity-maps' }, { source: 'gb-carbon-intensity' }]);
    expect(screen.getByRole('button', { name: 'Close Electricity Maps' }).getAttribute('aria-expanded')).toBe('true');
  });

  it('that fails says what to do', async () => {
    await open(
      {},
      {
        test: async () => ({
          ok: false,
          message: 'This key does not cover US-MIDA-PJM (403).',
          hint: 'A larger plan covers more zones.',
          latency_ms: null,
        }),
      },
    );
    await userEvent.click(screen.getByRole('button', { name: 'Test Electricity Maps' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('This key does not cover US-MIDA-PJM (403).A larger plan covers more zones.');
  });

  it('that could not be made says so', async () => {
    await open({}, { test: async () => Promise.reject(new Error('no')) });
    await userEvent.click(screen.getByRole('button', { name: 'Test Boavizta' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('of OpenCost is by its cluster, and leads to its address', async () => {
    const { sent, address } = await open();
    await userEvent.click(screen.getAllByRole('button', { name: 'Test OpenCost' })[1]!);
    await waitFor(() => expect(sent('test')).toEqual([{ source: 'opencost', context: 'prod-us-east-1' }]));
    await userEvent.click(screen.getByRole('button', { name: 'Address and prices' }));
    await waitFor(() => expect(address()).toBe('/settings?tz=UTC&section=factors&context=prod-us-east-1'));
  });
});

describe('Boavizta', () => {
  it('is tried with an address before it is saved, then saved', async () => {
    const { sent } = await open();
    const boavizta = await unfold('Boavizta');
    const field = boavizta.getByLabelText('Address');
    await userEvent.type(field, 'boavizta.example.org');
    expect(boavizta.getByText(/begins with http/)).toBeTruthy();
    expect(boavizta.getByRole<HTMLButtonElement>('button', { name: 'Save the address' }).disabled).toBe(true);
    await userEvent.clear(field);
    await userEvent.type(field, 'https://boavizta.example.org');
    await userEvent.click(boavizta.getByRole('button', { name: 'Test connection' }));
    await userEvent.click(boavizta.getByRole('button', { name: 'Save the address' }));
    const url = 'https://boavizta.example.org';
    await waitFor(() => expect(sent('update')).toEqual([{ boavizta: { url } }]));
    expect(sent('test')).toEqual([{ source: 'boavizta', url }]);
  });

  it('is removed by an empty address', async () => {
    const { sent } = await open({ boavizta: { url: 'https://old.example.org' } });
    const boavizta = await unfold('Boavizta');
    await userEvent.clear(boavizta.getByLabelText('Address'));
    await userEvent.click(boavizta.getByRole('button', { name: 'Undo changes' }));
    expect(boavizta.getByLabelText<HTMLInputElement>('Address').value).toBe('https://old.example.org');
    await userEvent.clear(boavizta.getByLabelText('Address'));
    await userEvent.click(boavizta.getByRole('button', { name: 'Save the address' }));
    await waitFor(() => expect(sent('update')).toEqual([{ boavizta: { url: null } }]));
  });
});

describe('for all sources', () => {
  it('offline says what it means and is taken at once', async () => {
    const { sent } = await open();
    expect(screen.getByText(/stored hours and the bundled tables serve, and ranges are wider/)).toBeTruthy();
    await userEvent.click(screen.getByRole('switch', { name: 'Work offline' }));
    await waitFor(() => expect(sent('update')).toEqual([{ offline: true }]));
    await waitFor(() =>
      expect(screen.getByRole('switch', { name: 'Work offline' }).getAttribute('aria-checked')).toBe('true'),
    );
  });

  it('switches single sources', async () => {
    const { sent } = await open();
    const maps = await unfold('Electricity Maps');
    await userEvent.click(maps.getByRole('switch', { name: 'Use Electricity Maps' }));
    const gb = await unfold('GB Carbon Intensity');
    expect(gb.getByText(/publishes direct factors only/)).toBeTruthy();
    await userEvent.click(gb.getByRole('switch', { name: 'Use GB Carbon Intensity' }));
    await waitFor(() => expect(sent('update')).toHaveLength(2));
    expect(sent('update')).toEqual([
      { electricity_maps: { enabled: false } },
      { gb_carbon_intensity: { enabled: false } },
    ]);
  });

  it('other factors say that the past is restated, then that it is', async () => {
    const { sent } = await open({}, {});
    expect(screen.getByText(/so a change restates all of the past/)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Lifecycle' }));
    expect(sent('update')).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: 'Direct' }));
    await waitFor(() => expect(sent('update')).toEqual([{ factor_type: 'direct' }]));
    expect(await screen.findByText(/restated/i, { selector: '[role="status"] *' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See the audit' }).getAttribute('href')).toBe('/quality?tz=UTC');
  });
});
