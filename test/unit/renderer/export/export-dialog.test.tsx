import { ORPCError } from '@orpc/client';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExportChunk, ReportSummary } from '../../../../src/contract/schemas/reports.ts';
import { readExport, saveFile } from '../../../../src/renderer/features/export/download.ts';
import { ExportButton } from '../../../../src/renderer/features/export/ExportButton.tsx';
import { createFakeClient, type FakeOperations, openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const summary: ReportSummary = {
  row_count: 80,
  preview: [],
  total_co2e_grams: 10_000,
  total_embodied_co2e_grams: 2_000,
  total_energy_joules: 3.6e6,
  total_cost: 12,
  currency: 'USD',
  period: { start: '2026-11-12T00:00:00Z', end: '2026-11-19T00:00:00Z' },
};
const file: ExportChunk = { kind: 'file', file_name: 'podwatt.csv', content_type: 'text/csv' };
const row: ExportChunk = { kind: 'text', text: 'a,b\n' };

let saved: string[] = [];
beforeEach(() => {
  saved = [];
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function open(reports: FakeOperations['reports'] = {}, path = '/?last=7d&tz=UTC', part = <ExportButton />) {
  const shown = renderPart(part, { reports: { summary: async () => summary, ...reports } }, path);
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Export what is shown' }));
  const asked = () => shown.calls.filter((call) => call.operation === 'reports.summary').map((call) => call.input);
  return { ...shown, dialog, asked };
}

describe('Export dialog', () => {
  it('counts what it will hold anew for each choice, and once for each', async () => {
    const { dialog, asked } = await open({}, '/?start=2026-11-12T00:00:00Z&end=2026-11-19T00:00:00Z&tz=UTC');
    expect(await dialog.findByText('12–18 Nov')).toBeTruthy();
    dialog.getByRole('combobox', { name: 'One row for each' }).focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await waitFor(() => expect(asked()).toHaveLength(2));
    const range = { start: '2026-11-12T00:00:00Z', end: '2026-11-19T00:00:00Z', tz: 'UTC', granularity: 'daily' };
    expect(asked()).toEqual([
      { ...range, group_by: 'workload' },
      { ...range, group_by: 'pod' },
    ]);
    await userEvent.click(dialog.getByRole('radio', { name: 'JSON' }));
    expect(asked()).toHaveLength(2);
  });

  it('says what it holds: the filter of the page, one cluster, or all', async () => {
    const words = () => screen.getByText(/^Holds /).textContent;
    const filtered = await open({}, '/', <ExportButton filter={{ namespace: 'shop' }} group="pod" />);
    expect(words()).toMatch(/^Holds namespace shop, in full precision/);
    filtered.unmount();
    const one = await open({}, '/?cluster=c-eu');
    expect(words()).toMatch(/^Holds everything in the cluster,/);
    one.unmount();
    await open({}, '/');
    expect(words()).toMatch(/^Holds everything in all clusters,/);
  });

  it('says that it counts, and why it could not', async () => {
    const answer = Promise.withResolvers<ReportSummary>();
    const { dialog } = await open({ summary: () => answer.promise });
    expect(dialog.getByText('Counting the rows')).toBeTruthy();
    await act(async () =>
      answer.reject(
        new ORPCError('BAD_REQUEST', { message: 'Too many rows.', data: { failure: 'too-large', hint: 'By day.' } }),
      ),
    );
    expect((await dialog.findByRole('alert')).textContent).toBe('Too many rows. By day.');
  });

  it('can be tried again after it failed', async () => {
    let tries = 0;
    const { dialog } = await open({
      export: async () => {
        tries += 1;
        if (tries === 1) throw new Error('x');
        return streamOf<ExportChunk>(file, row);
      },
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    expect(await dialog.findByRole('alert')).toBeTruthy();
    expect(saved).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(saved).toEqual(['podwatt.csv']));
  });

  it('saves nothing where the stream breaks in the middle', async () => {
    const { dialog } = await open({
      export: async () =>
        (async function* (): AsyncGenerator<ExportChunk, void, void> {
          yield file;
          yield row;
          throw new Error('gone');
        })(),
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    expect(await dialog.findByRole('alert')).toBeTruthy();
    expect(saved).toEqual([]);
  });

  it('is stopped by leaving, and saves no half file', async () => {
    const signals: AbortSignal[] = [];
    const { dialog } = await open({
      export: async (_input, options) => {
        if (options?.signal !== undefined) signals.push(options.signal);
        return openStreamOf<ExportChunk>(options?.signal, file, row);
      },
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Export' }));
    expect((await dialog.findByRole<HTMLButtonElement>('button', { name: 'Writing the file' })).disabled).toBe(true);
    await userEvent.click(dialog.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    await act(async () => undefined);
    expect(saved).toEqual([]);
  });

  it('gives the focus back to its button', async () => {
    await open();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Export' })));
  });
});

describe('readExport', () => {
  it('is no file once it was stopped, even where the stream ends quietly', async () => {
    const controller = new AbortController();
    const { client } = createFakeClient({
      reports: { export: async () => streamOf<ExportChunk>(file, row) },
    });
    const reading = readExport(
      client,
      { tz: 'UTC' },
      { signal: controller.signal, onText: () => controller.abort(new Error('enough')) },
    );
    await expect(reading).rejects.toThrow('enough');
  });

  it.each([
    ['csv', 'podwatt.csv'],
    ['json', 'podwatt.json'],
  ] as const)('has a name of its own for %s where the backend gives none', async (format, name) => {
    const { client } = createFakeClient({ reports: { export: async () => streamOf(row) } });
    const read = await readExport(client, { tz: 'UTC', format }, { signal: new AbortController().signal });
    expect(read.name).toBe(name);
    expect(await read.content.text()).toBe('a,b\n');
  });
});

describe('saveFile', () => {
  it('lets the data go once the browser has it', () => {
    vi.useFakeTimers();
    const freed = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
    saveFile({ name: 'x.csv', content: new Blob(['1']) });
    expect(freed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(freed).toHaveBeenCalledWith('blob:x');
  });
});
