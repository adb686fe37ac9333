import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExportChunk } from '../../../../src/contract/schemas/reports.ts';
import { Downloads } from '../../../../src/renderer/features/reports/Downloads.tsx';
import { reportRequest } from '../../../../src/renderer/features/reports/report-search.ts';
import { type FakeOperations, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { refusal } from '../recommendations/page.tsx';

const FILE: ExportChunk = { kind: 'file', file_name: 'podwatt-2026.csv', content_type: 'text/csv' };
const text = (words: string): ExportChunk => ({ kind: 'text', text: words });
type Export = NonNullable<NonNullable<FakeOperations['reports']>['export']>;
const request = reportRequest({ tz: 'UTC', last: '7d', cluster: 'c1' }, { namespace: 'shop', every: 'weekly' });

/** A stream that a test feeds, and that ends quietly when it is stopped. */
function feed() {
  const queue: (ExportChunk | Error | null)[] = [];
  let wake: () => void = () => undefined;
  let signal: AbortSignal | undefined;
  async function* read(): AsyncGenerator<ExportChunk, void, void> {
    for (;;) {
      while (queue.length === 0 && signal?.aborted !== true)
        await new Promise<void>((done) => {
          wake = done;
          signal?.addEventListener('abort', () => done(), { once: true });
        });
      const next = queue.shift();
      if (next === undefined || next === null) return;
      if (next instanceof Error) throw next;
      yield next;
    }
  }
  return {
    operation: (async (_input: unknown, options?: { signal?: AbortSignal }) => {
      signal = options?.signal;
      return read();
    }) as Export,
    send: (...chunks: (ExportChunk | Error | null)[]) =>
      act(async () => {
        queue.push(...chunks);
        wake();
        await new Promise((done) => setTimeout(done, 0));
      }),
    isStopped: () => signal?.aborted === true,
  };
}

let saved: { name: string; content: Blob }[];
beforeEach(() => {
  localStorage.clear();
  saved = [];
  let content = new Blob();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    content = blob as Blob;
    return 'blob:x';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content });
  });
});
afterEach(() => vi.restoreAllMocks());

async function start(operation: Export, isDisabled = false) {
  const view = renderPart(<Downloads request={request} isDisabled={isDisabled} />, { reports: { export: operation } });
  await screen.findByRole('button', { name: 'CSV' });
  return view;
}
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('a file', () => {
  it.each(['CSV', 'JSON'])('as %s asks for what the page shows', async (name) => {
    const { calls } = await start(async () => streamOf(FILE, text('a')));
    click(name);
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(calls).toEqual([{ operation: 'reports.export', input: { ...request, format: name.toLowerCase() } }]);
  });

  it('is whole, in order, with the name and type that the backend gives', async () => {
    await start(async () => streamOf(FILE, text('a,b\n'), text('1,2\n'), text('3,4\n')));
    click('CSV');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toBe('podwatt-2026.csv');
    expect(saved[0]?.content.type).toBe('text/csv');
    expect(await saved[0]?.content.text()).toBe('a,b\n1,2\n3,4\n');
  });

  it('says how much has come, from nothing on', async () => {
    const stream = feed();
    await start(stream.operation);
    click('CSV');
    expect(await screen.findByText('Writing the file')).toBeTruthy();
    await stream.send(FILE, text('x'.repeat(500)));
    expect(screen.getByRole('status').textContent).toBe('500 B written');
    await stream.send(text('x'.repeat(2 ** 20)));
    expect(screen.getByRole('status').textContent).toBe('1.00 MiB written');
    expect(saved).toEqual([]);
    await stream.send(null);
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(screen.getByRole('button', { name: 'CSV' })).toBeTruthy();
  });

  it('begins to count anew the next time', async () => {
    const streams = [feed(), feed()];
    let turn = 0;
    await start(((input, options) => (streams[turn++] as ReturnType<typeof feed>).operation(input, options)) as Export);
    click('CSV');
    await streams[0]?.send(FILE, text('x'.repeat(500)), null);
    await waitFor(() => expect(saved).toHaveLength(1));
    click('JSON');
    expect(await screen.findByText('Writing the file')).toBeTruthy();
    await streams[1]?.send(null);
  });

  it('is not offered where there is nothing to save', async () => {
    const { calls } = await start(async () => streamOf(FILE), true);
    for (const name of ['CSV', 'JSON']) {
      expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
      click(name);
    }
    expect(calls).toEqual([]);
  });
});

describe('stopped', () => {
  it('by a person: no file, no failure, and it can be begun again', async () => {
    const stream = feed();
    await start(stream.operation);
    click('CSV');
    await stream.send(FILE, text('half of it'));
    click('Stop');
    expect(await screen.findByRole('button', { name: 'CSV' })).toBeTruthy();
    expect(stream.isStopped()).toBe(true);
    expect(saved).toEqual([]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('when the page is left, so that nobody writes for nobody', async () => {
    const stream = feed();
    const { unmount } = await start(stream.operation);
    click('JSON');
    await stream.send(FILE, text('half of it'));
    unmount();
    expect(stream.isStopped()).toBe(true);
    await stream.send(null);
    expect(saved).toEqual([]);
  });
});

describe('failed', () => {
  it('before it began: why, with the hint on hover', async () => {
    await start(refusal('Row by row goes up to 48 hours', 'bad-input', 'Choose a shorter range.') as Export);
    click('CSV');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe('Row by row goes up to 48 hours');
    expect(alert.getAttribute('title')).toBe('Choose a shorter range.');
  });

  it('midway: half a file is no file', async () => {
    const stream = feed();
    await start(stream.operation);
    click('CSV');
    await stream.send(FILE, text('half of it'));
    const failure = Object.assign(new Error('The store can’t be reached'), {
      data: { failure: 'store-away', hint: null },
    });
    await stream.send(failure);
    expect((await screen.findByRole('alert')).textContent).toBe('The store can’t be reached');
    expect(saved).toEqual([]);
  });

  it('then done: the failure is gone', async () => {
    let works = false;
    const refuse = refusal('The store refused', 'store');
    await start((async () => (works ? streamOf(FILE, text('a')) : refuse())) as Export);
    click('CSV');
    await screen.findByRole('alert');
    works = true;
    click('CSV');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
