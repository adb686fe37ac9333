import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreStatus, StoreTestResult } from '../../../../src/contract/schemas/store.ts';
import { StorageSection } from '../../../../src/renderer/features/settings/storage/StorageSection.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { storeStatus, testResult } from '../../../fakes/client/store-answers.ts';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => localStorage.clear());

const sqlite: StoreStatus = { ...storeStatus, kind: 'sqlite', location: '/data/podwatt.sqlite', chosen_by: 'default' };

async function open(more: FakeOperations['store'] = {}, first = sqlite) {
  const view = renderPart(<StorageSection />, {
    store: { status: async () => first, test: async () => testResult, change: async () => storeStatus, ...more },
  });
  const form = within(await screen.findByRole('region', { name: 'Use another store' }));
  const asked = (operation: string) =>
    view.calls.filter((call) => call.operation === operation).map((call) => call.input);
  return { ...view, form, asked };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const test = () => userEvent.click(button('Test connection'));
async function fill(fields: Record<string, string>) {
  for (const [label, text] of Object.entries(fields)) {
    const field = screen.getByLabelText(label);
    await userEvent.clear(field);
    if (text !== '') await userEvent.type(field, text);
  }
}

describe('changing the store', () => {
  it('says beforehand what happens to what is stored', async () => {
    const { form } = await open();
    expect(form.getByText(/What is in SQLite now stays there, untouched; nothing is copied/)).toBeTruthy();
  });

  it('is tested first, then done', async () => {
    const { asked, form } = await open();
    expect(button('Use this store').disabled).toBe(true);
    await fill({ Host: 'new.example.com', Password: 'ge@heim' });
    await test();
    expect(await form.findByText('This store can be used.')).toBeTruthy();
    const url = 'postgres://podwatt:ge%40heim@new.example.com:5432/podwatt?schema=public&sslmode=prefer';
    expect(asked('store.test')).toEqual([{ url }]);
    const steps = within(form.getByRole('list', { name: 'Test of the connection' }));
    expect(steps.getAllByRole('listitem').map((item) => item.textContent)[0]).toContain('3 ms');
    expect(steps.getByText('none yet; they are made when it is used')).toBeTruthy();
    await userEvent.click(button('Use this store'));
    await waitFor(() => expect(asked('store.change')).toEqual([{ url }]));
    expect(await screen.findByText(/Results are kept in PostgreSQL from now on/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
    expect(document.body.textContent).not.toContain('heim');
  });

  it('shows the address for a start elsewhere, without the password', async () => {
    const { form } = await open();
    await fill({ Host: 'new.example.com', Password: 'geheim' });
    expect(
      form.getByText('postgres://podwatt:•••@new.example.com:5432/podwatt?schema=public&sslmode=prefer'),
    ).toBeTruthy();
    expect(document.body.textContent).not.toContain('geheim');
  });

  it('says what is missing at the field, once it was tried', async () => {
    const { asked } = await open();
    expect(screen.queryByText(/A host name or an IP address/)).toBeNull();
    await test();
    expect(await screen.findByText(/A host name or an IP address/)).toBeTruthy();
    expect(screen.getByLabelText('Host').getAttribute('aria-invalid')).toBe('true');
    expect(asked('store.test')).toEqual([]);
    await fill({ Host: 'db' });
    expect(button('Test connection').disabled).toBe(false);
  });

  it('forgets a test once the address is another', async () => {
    const { form } = await open();
    await fill({ Host: 'new.example.com' });
    await test();
    await form.findByText('This store can be used.');
    expect(button('Use this store').disabled).toBe(false);
    await fill({ Host: 'old.example.com' });
    expect(form.queryByText('This store can be used.')).toBeNull();
    expect(form.getByText('The address was changed since its test.')).toBeTruthy();
    expect(button('Use this store').disabled).toBe(true);
  });

  it('takes an Elasticsearch by its key', async () => {
    const { asked } = await open();
    await userEvent.click(screen.getByRole('radio', { name: 'Elasticsearch' }));
    await fill({ 'Address of the cluster': 'https://search.example.com:9200' });
    await userEvent.click(screen.getByRole('radio', { name: 'API key' }));
    await fill({ 'API key': 'a2V5', Shards: '3', Replicas: '2' });
    await userEvent.click(screen.getByRole('checkbox', { name: 'Check certificates' }));
    await test();
    await waitFor(() =>
      expect(asked('store.test')).toEqual([
        {
          url: 'elasticsearch+https://search.example.com:9200?index_prefix=podwatt&shards=3&replicas=2&verify_certs=false&api_key=a2V5',
        },
      ]),
    );
  });

  it('takes a file, and an address in one piece', async () => {
    const { asked } = await open();
    await userEvent.click(screen.getByRole('radio', { name: 'SQLite' }));
    await fill({ File: '/data/other.sqlite' });
    await test();
    await waitFor(() => expect(asked('store.test')).toEqual([{ url: 'sqlite:///data/other.sqlite' }]));
    await userEvent.click(screen.getByRole('radio', { name: 'Address' }));
    await fill({ 'Address of the store': 'postgres://h/d' });
    await test();
    await waitFor(() => expect(asked('store.test')[1]).toEqual({ url: 'postgres://h/d' }));
  });

  it('asks for an authority only where certificates are checked', async () => {
    await open();
    expect(screen.queryByLabelText('Certificate authority')).toBeNull();
    screen.getByRole('combobox', { name: 'Encryption' }).focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(await screen.findByRole('option', { name: 'Check certificate and host' }));
    expect(await screen.findByLabelText('Certificate authority')).toBeTruthy();
  });
});

describe('a test that failed', () => {
  const failed: StoreTestResult = {
    ...testResult,
    ok: false,
    latency_ms: null,
    server_version: null,
    schema: null,
    problem: 'new.example.com:5432 refused the connection.',
    hint: 'Start the server.',
  };

  it('says why in words, and the store can not be used', async () => {
    await open({ test: async () => failed });
    await fill({ Host: 'new.example.com' });
    await test();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('refused the connection.');
    expect(alert.textContent).toContain('Start the server.');
    expect(screen.getAllByText('not tried')).toHaveLength(4);
    expect(button('Use this store').disabled).toBe(true);
  });

  it('lists missing rights', async () => {
    await open({
      test: async () => ({ ...failed, latency_ms: 2, schema: 'new', missing_rights: ['CREATE on schema public'] }),
    });
    await fill({ Host: 'new.example.com' });
    await test();
    expect(await screen.findByText('missing: CREATE on schema public')).toBeTruthy();
  });

  it('says what the backend refused to try', async () => {
    const refused = new ORPCError('BAD_REQUEST', {
      message: 'The address of the store names no database',
      data: { failure: 'bad-input', hint: 'Write postgres://…' },
    });
    await open({ test: async () => Promise.reject(refused) });
    await fill({ Host: 'new.example.com' });
    await test();
    expect((await screen.findByRole('alert')).textContent).toContain('names no database');
  });
});

describe('a change that failed', () => {
  it('is said, and the old store stays', async () => {
    const gone = new ORPCError('X', { message: 'It went away', data: { failure: 'store-away', hint: null } });
    const { form } = await open({ change: async () => Promise.reject(gone) });
    await fill({ Host: 'new.example.com' });
    await test();
    await form.findByText('This store can be used.');
    await userEvent.click(button('Use this store'));
    expect((await screen.findByRole('alert')).textContent).toContain('It went away');
    expect(screen.getByRole('heading', { name: 'SQLite' })).toBeTruthy();
  });
});

describe('the way back', () => {
  it('leads to the file in the data folder, where these settings chose another store', async () => {
    const { asked } = await open({ reset: async () => sqlite }, storeStatus);
    await userEvent.click(button('Back to the file in the data folder'));
    await waitFor(() => expect(asked('store.reset')).toHaveLength(1));
    expect(await screen.findByText(/Results are kept in SQLite from now on/)).toBeTruthy();
  });

  it('is not offered where one is there already', async () => {
    await open();
    expect(screen.queryByRole('button', { name: 'Back to the file in the data folder' })).toBeNull();
  });
});
