import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReportSummary } from '../../../../src/contract/schemas/reports.ts';
import { readExport, saveFile } from '../../../../src/renderer/features/export/download.ts';
import { ExportButton } from '../../../../src/renderer/features/export/ExportButton.tsx';
import { exportRequest, filterWords } from '../../../../src/renderer/features/export/export-request.ts';
import { createFakeClient, type FakeOperations, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const summary: ReportSummary = {
  row_count: 1204,
  preview: [],
  total_co2e_grams: 29_000,
  total_embodied_co2e_grams: 6_200,
  total_energy_joules: 116 * 3.6e6,
  total_cost: 1008,
  currency: 'EUR',
  period: { start: '2026-11-12T14:00:00Z', end: '2026-11-19T14:00:00Z' },
};
const csv = () =>
  streamOf(
    { kind: 'file' as const, file_name: 'podwatt-shop.csv', content_type: 'text/csv; charset=utf-8' },
    { kind: 'text' as const, text: 'a,b\n' },
    { kind: 'text' as const, text: '1,2\n' },
  );

afterEach(() => vi.restoreAllMocks());

/** Catches what would be handed to the browser's downloads. */
function catchDownloads() {
  const saved: { name: string; content: Blob }[] = [];
  let content = new Blob();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    content = blob as Blob;
    return 'blob:x';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content });
  });
  return saved;
}

describe('readExport', () => {
  it('puts the pieces together under the name of the backend', async () => {
    const { client } = createFakeClient({ reports: { export: async () => csv() } });
    const seen: number[] = [];
    const file = await readExport(
      client,
      { tz: 'UTC', format: 'csv' },
      { signal: new AbortController().signal, onText: (count) => seen.push(count) },
    );
    expect(file.name).toBe('podwatt-shop.csv');
    expect(file.content.type).toContain('text/csv');
    expect(await file.content.text()).toBe('a,b\n1,2\n');
    expect(seen).toEqual([4, 8]);
  });

  it('is saved under its name and leaves nothing in the page', async () => {
    const saved = catchDownloads();
    saveFile({ name: 'x.csv', content: new Blob(['1']) });
    expect(saved.map((file) => file.name)).toEqual(['x.csv']);
    expect(document.querySelector('a[download]')).toBeNull();
  });
});

describe('exportRequest', () => {
  it('is the range and the filter of the page', () => {
    const query = { last: '7d', tz: 'UTC', cluster: 'c-eu' };
    expect(exportRequest(query, { namespace: 'search' }, { group: 'workload', granularity: 'daily' })).toEqual({
      last: '7d',
      tz: 'UTC',
      cluster: 'c-eu',
      namespace: 'search',
      group_by: 'workload',
      granularity: 'daily',
    });
    expect(filterWords({ namespace: 'search', workload: 'Deployment/cart', node: 'n1' })).toBe(
      'namespace search, Deployment/cart, node n1',
    );
    expect(filterWords({}, 'c-eu')).toBe('everything in the cluster');
    expect(filterWords({})).toBe('everything in all clusters');
  });
});

describe('Export dialog', () => {
  const operations = (more: FakeOperations['reports'] = {}): FakeOperations => ({
    reports: { summary: async () => summary, export: async () => csv(), ...more },
  });

  it('says what the file will hold, and saves it', async () => {
    const saved = catchDownloads();
    const { calls } = renderPart(
      <ExportButton filter={{ namespace: 'search' }} group="workload" />,
      operations(),
      '/?last=30d&tz=UTC&cluster=c-eu',
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Export what is shown' }));
    expect(await dialog.findByText('1,204')).toBeTruthy();
    expect(dialog.getByText('35.2 kg CO₂e, 116 kWh before PUE, €1,008')).toBeTruthy();
    await userEvent.click(dialog.getByRole('radio', { name: 'JSON' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(saved.map((file) => file.name)).toEqual(['podwatt-shop.csv']));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.find((call) => call.operation === 'reports.export')?.input).toEqual({
      last: '30d',
      tz: 'UTC',
      cluster: 'c-eu',
      namespace: 'search',
      group_by: 'workload',
      granularity: 'daily',
      format: 'json',
    });
  });

  it('stays open and says what failed', async () => {
    const failed = new ORPCError('BAD_REQUEST', {
      message: 'Too many rows',
      data: { failure: 'too-large', hint: 'Group by day.' },
    });
    renderPart(
      <ExportButton />,
      operations({
        export: async () => {
          throw failed;
        },
      }),
      '/',
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('Too many rows Group by day.');
  });
});
