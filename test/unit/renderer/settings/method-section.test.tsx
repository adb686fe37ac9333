import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditRecord } from '../../../../src/contract/schemas/restate.ts';
import type { MethodSettings } from '../../../../src/contract/schemas/sources.ts';
import { RestateLine } from '../../../../src/renderer/features/settings/RestateLine.tsx';
import { contexts, freshContexts } from '../../../fakes/client/answers.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { auditEntry } from '../../../fakes/client/explain-answers.ts';
import { GRID_NOW_MS, method } from '../../../fakes/client/grid-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: GRID_NOW_MS, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

async function open(kept: Partial<MethodSettings> = {}, more: FakeOperations = {}, search = '') {
  const view = renderApp(`/settings?section=factors&tz=UTC${search}`, {
    sources: { method: async () => ({ ...method, ...kept }), ...more.sources },
    ...(more.audit === undefined ? { audit: { list: async () => ({ entries: [] }) } } : { audit: more.audit }),
  });
  await screen.findByLabelText('PUE');
  const saved = () => view.calls.filter((call) => call.operation === 'sources.updateMethod').map((call) => call.input);
  return { ...view, saved };
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save and restate' });

describe('method of a cluster', () => {
  it('is that of the cluster in the address, and says so there', async () => {
    const { address, calls } = await open({}, {}, '&context=prod-us-east-1');
    expect(calls.find((call) => call.operation === 'sources.method')?.input).toEqual({ context: 'prod-us-east-1' });
    await userEvent.click(screen.getByRole('combobox', { name: 'Cluster' }));
    await userEvent.click(await screen.findByRole('option', { name: 'prod-ap-south-1' }));
    await waitFor(() => expect(address()).toContain('context=prod-ap-south-1'));
  });

  it('is that of the cluster that is looked at, where the address names none', async () => {
    const { calls } = await open({}, {}, '&cluster=c-us');
    expect(calls.find((call) => call.operation === 'sources.method')?.input).toEqual({ context: 'prod-us-east-1' });
  });

  it('shows in empty fields what serves, and its source', async () => {
    await open();
    expect(field('PUE').placeholder).toBe('By provider and region');
    expect(screen.getByText(/own hardware 1\.58.*Source: bundled table/)).toBeTruthy();
    expect(field('Grid zone').placeholder).toBe('From the region of each node');
    expect(field('CPU').placeholder).toBe('0.04 USD, default');
    expect(field('GPU').placeholder).toBe('1 USD, default');
    expect(field('Residual mix').placeholder).toBe('Intensity of the grid');
    expect(field('Address of OpenCost').placeholder).toBe('Found in the cluster');
  });

  it('saves what changed and nothing else', async () => {
    const { saved } = await open({ pue: 1.3 });
    expect(save().disabled).toBe(true);
    await userEvent.clear(field('PUE'));
    await userEvent.type(field('PUE'), '1,2');
    await userEvent.click(save());
    await waitFor(() => expect(saved()).toEqual([{ context: 'prod-eu-west-1', pue: 1.2 }]));
    expect(await screen.findByText('Saved.')).toBeTruthy();
    await waitFor(() => expect(save().disabled).toBe(true));
  });

  it('says before saving that the past is restated, and after it that it is under way', async () => {
    await open();
    expect(screen.getByText(/^Saving restates the past/)).toBeTruthy();
    await userEvent.type(field('PUE'), '1.2');
    await userEvent.click(save());
    expect(await screen.findByText(/The past is being restated with it/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See the audit' }).getAttribute('href')).toBe('/quality?tz=UTC');
  });

  it('refuses in words at the field, and can be undone', async () => {
    await open({ zone: 'FR' });
    await userEvent.clear(field('Grid zone'));
    await userEvent.type(field('Grid zone'), 'Paris');
    expect(screen.getByText('A key of Electricity Maps, for example FR or US-CAL-CISO')).toBeTruthy();
    expect(field('Grid zone').getAttribute('aria-invalid')).toBe('true');
    expect(save().disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(field('Grid zone').value).toBe('FR');
  });

  it('keeps what was typed where it could not be saved, with the reason', async () => {
    const refused = new ORPCError('X', {
      message: 'opencost.url must not hold a user or a password',
      data: { failure: 'bad-input', hint: null },
    });
    await open({}, { sources: { updateMethod: async () => Promise.reject(refused) } });
    await userEvent.type(field('PUE'), '1.2');
    await userEvent.click(save());
    expect((await screen.findByRole('alert')).textContent).toContain('opencost.url must not hold');
    expect(field('PUE').value).toBe('1.2');
    expect(screen.queryByText(/being restated/)).toBeNull();
  });

  it('takes a contract, prices and OpenCost', async () => {
    const { saved } = await open();
    await userEvent.type(field('Share of the energy'), '60');
    expect(screen.getByText('Grams of CO₂e a kWh, from 0 to 2000')).toBeTruthy();
    await userEvent.type(field('Intensity of the contract'), '0');
    await userEvent.type(field('Storage'), '0.0002');
    await userEvent.type(field('Currency'), 'eur');
    await userEvent.click(screen.getByRole('switch', { name: 'Use OpenCost' }));
    expect(field('Address of OpenCost').disabled).toBe(true);
    await userEvent.click(save());
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]).toEqual({
      context: 'prod-eu-west-1',
      contract: { share: 0.6, contract_g_per_kwh: 0, residual_g_per_kwh: null },
      prices: { ...method.prices, storage_gb_hour: 0.0002, currency: 'EUR' },
      opencost: { url: null, off: true },
    });
  });

  it('of no cluster leads to the clusters', async () => {
    renderApp('/settings?section=factors', { contexts: { list: async () => freshContexts } });
    expect(await screen.findByText('No cluster is collected')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open clusters' })).toBeTruthy();
  });

  it('says that it could not be read, beside the factors that could', async () => {
    renderApp('/settings?section=factors', { sources: { method: async () => Promise.reject(new Error('no')) } });
    const panel = within(await screen.findByRole('region', { name: 'Method of a cluster' }));
    expect(await panel.findByRole('alert')).toBeTruthy();
    expect(panel.getByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(await screen.findByLabelText('Zone')).toBeTruthy();
  });
});

describe('rules for zones', () => {
  const kept: Partial<MethodSettings> = {
    zone_rules: [
      { provider: 'aws', region: 'eu-west-3', label_name: null, label_value: null, zone: 'FR' },
      { provider: null, region: null, label_name: 'rack', label_value: 'sto-1', zone: 'SE-SE3' },
    ],
  };
  const zones = () => screen.getAllByLabelText<HTMLInputElement>(/^Zone of rule/).map((input) => input.value);

  it('are added, edited and saved', async () => {
    const { saved } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
    const rule = within(screen.getByRole('listitem', { name: 'Rule 1' }));
    expect(rule.getByRole('status').textContent).toContain('A key of Electricity Maps');
    await userEvent.type(rule.getByLabelText('Zone of rule 1'), 'de');
    expect(rule.getByRole('status').textContent).toContain('names a provider, a region or a label');
    await userEvent.click(rule.getByRole('combobox', { name: 'Provider of rule 1' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Hetzner' }));
    await userEvent.type(rule.getByLabelText('Region of rule 1'), 'fsn1');
    await userEvent.click(save());
    await waitFor(() => expect(saved()).toHaveLength(1));
    expect(saved()[0]).toEqual({
      context: 'prod-eu-west-1',
      zone_rules: [{ provider: 'hetzner', region: 'fsn1', label_name: null, label_value: null, zone: 'DE' }],
    });
  });

  it('change their order, by which they count', async () => {
    const { saved } = await open(kept);
    expect(zones()).toEqual(['FR', 'SE-SE3']);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move rule 1 up' }).disabled).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move rule 2 down' }).disabled).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
    expect(zones()).toEqual(['SE-SE3', 'FR']);
    await userEvent.click(save());
    await waitFor(() => expect(saved()).toHaveLength(1));
  });

  it('are removed one by one', async () => {
    const { saved } = await open(kept);
    await userEvent.click(screen.getByRole('button', { name: 'Remove rule 1' }));
    expect(zones()).toEqual(['SE-SE3']);
    await userEvent.click(screen.getByRole('button', { name: 'Remove rule 1' }));
    await userEvent.click(save());
    await waitFor(() => expect(saved()).toEqual([{ context: 'prod-eu-west-1', zone_rules: [] }]));
  });

  it('say that a zone for all nodes goes before them', async () => {
    await open({ ...kept, zone: 'FR' });
    expect(screen.getByText('A zone for every node is set above, so no rule is looked at.')).toBeTruthy();
  });
});

describe('the line on restating', () => {
  const entry = (more: Partial<AuditRecord> = {}): AuditRecord => ({
    ...auditEntry,
    cluster: 'c-eu',
    at: new Date(GRID_NOW_MS + 2000).toISOString(),
    start: '2026-11-12T00:00:00Z',
    end: '2026-11-19T00:00:00Z',
    windows: 168,
    before: { co2e_grams: 30_000, embodied_co2e_grams: 5_000, total_cost: 10, energy_joules: 1 },
    after: { co2e_grams: 28_000, embodied_co2e_grams: 5_000, total_cost: 10, energy_joules: 1 },
    ...more,
  });
  const show = (entries: AuditRecord[], savedAtMs = GRID_NOW_MS) =>
    renderPart(
      <RestateLine clusterId="c-eu" savedAtMs={savedAtMs} />,
      { audit: { list: async () => ({ entries }) } },
      '/?tz=UTC',
    );

  it('tells what changed once the audit has it', async () => {
    const { calls } = show([entry()]);
    expect(
      await screen.findByText('Restated at 13:30: 168 windows of 12–18 Nov, carbon 35.0 kg → 33.0 kg.'),
    ).toBeTruthy();
    expect(calls[0]?.input).toEqual({ limit: 20, cluster: 'c-eu' });
  });

  it('adds up what several clusters changed', async () => {
    show([entry(), entry({ id: 'other', cluster: 'c-us', windows: 100 })]);
    expect(await screen.findByText(/268 windows of .*, carbon 70\.0 kg → 66\.0 kg\./)).toBeTruthy();
  });

  it('does not take an older entry for its own', async () => {
    show([entry({ at: '2026-11-19T10:00:00Z' })]);
    expect(await screen.findByText(/The past is being restated with it/)).toBeTruthy();
  });

  it('says after some minutes that nothing changed so far', async () => {
    show([], GRID_NOW_MS - 600_000);
    expect(await screen.findByText(/No figure of the past changed so far/)).toBeTruthy();
  });

  it('waits on where the audit can not be read', async () => {
    renderPart(
      <RestateLine clusterId={null} savedAtMs={GRID_NOW_MS} />,
      { audit: { list: async () => Promise.reject(new Error('no')) } },
      '/?tz=UTC',
    );
    expect(await screen.findByText(/What changes will stand in the audit/)).toBeTruthy();
  });
});

it('has no line for a cluster that was never connected to: there is no past', async () => {
  renderApp('/settings?section=factors&tz=UTC', {
    contexts: {
      list: async () => ({
        ...contexts,
        contexts: contexts.contexts.slice(0, 1).map((each) => ({ ...each, cluster_id: null })),
      }),
    },
  });
  await userEvent.type(await screen.findByLabelText('PUE'), '1.2');
  await userEvent.click(save());
  expect(await screen.findByText('Saved.')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'See the audit' })).toBeNull();
});
