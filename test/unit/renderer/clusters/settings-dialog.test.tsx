import { ORPCError } from '@orpc/client';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ClusterSettings } from '../../../../src/contract/schemas/contexts.ts';
import { ClusterSettingsDialog } from '../../../../src/renderer/features/clusters/ClusterSettingsDialog.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const settings: ClusterSettings = {
  context: 'prod',
  prometheus_url: 'https://prometheus.example.com',
  prometheus_auth: 'basic',
  prometheus_username: 'reader',
  has_prometheus_secret: true,
  has_certificate_authority: true,
  extra_matchers: null,
  tenant_header: 'X-Scope-OrgID',
  pue: 1.2,
  zone: 'FR',
  price_cpu_core_hour: null,
  price_memory_gb_hour: null,
  currency: 'EUR',
};

async function open(operations: FakeOperations['contexts'] = {}) {
  let closed = 0;
  const part = renderPart(<ClusterSettingsDialog context="prod" onClose={() => (closed += 1)} />, {
    contexts: { settings: async () => settings, updateSettings: async () => settings, ...operations },
  });
  const dialog = within(await screen.findByRole('dialog', { name: 'Settings of prod' }));
  const saved = () =>
    part.calls.filter((call) => call.operation === 'contexts.updateSettings').map((call) => call.input);
  const save = () => userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  return { ...part, dialog, saved, save, closed: () => closed };
}

const put = async (label: string, text: string) => {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  if (text !== '') await userEvent.type(field, text);
};
const saveButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

describe('settings of a cluster', () => {
  it('show what is kept, begin in the first field, and hold no secret', async () => {
    const { dialog } = await open();
    const address: HTMLInputElement = await dialog.findByLabelText('Address of Prometheus');
    expect(address.value).toBe('https://prometheus.example.com');
    expect(document.activeElement).toBe(address);
    expect((dialog.getByLabelText('PUE') as HTMLInputElement).value).toBe('1.2');
    expect((dialog.getByLabelText('Name') as HTMLInputElement).value).toBe('reader');
    for (const secret of ['Password', 'Tenant', 'Certificate authority']) {
      expect((dialog.getByLabelText(secret) as HTMLInputElement).value).toBe('');
    }
    expect(dialog.getByText('Kept. Type a new one to replace it.')).toBeTruthy();
    expect(dialog.getByText('One is kept. Paste another to replace it.')).toBeTruthy();
  });

  it('send the one field that was changed and nothing else', async () => {
    const { saved, save, closed } = await open();
    await put('PUE', '1.35');
    await save();
    await waitFor(() => expect(closed()).toBe(1));
    expect(saved()).toEqual([{ context: 'prod', pue: 1.35 }]);
  });

  it('send nothing where nothing was changed, and close', async () => {
    const { saved, save, closed, dialog } = await open();
    await dialog.findByLabelText('PUE');
    await put('Grid zone', 'fr');
    await save();
    await waitFor(() => expect(closed()).toBe(1));
    expect(saved()).toEqual([]);
  });

  it('send an emptied field as "as Podwatt finds it"', async () => {
    const { saved, save } = await open();
    await put('Grid zone', '');
    await put('Currency', '');
    await save();
    await waitFor(() => expect(saved()).toEqual([{ context: 'prod', zone: null, currency: null }]));
  });

  it('send a secret that was typed, and show it nowhere', async () => {
    const { saved, save, dialog } = await open();
    await put('Password', 'n3w');
    await put('Tenant', 'team-a');
    expect(dialog.getByLabelText('Password').getAttribute('type')).toBe('password');
    expect(dialog.getByLabelText('Tenant').getAttribute('type')).toBe('password');
    expect(document.body.textContent).not.toMatch(/n3w|team-a/);
    await save();
    await waitFor(() =>
      expect(saved()).toEqual([{ context: 'prod', prometheus_secret: 'n3w', tenant_value: 'team-a' }]),
    );
  });

  it('take the secret away with the sign-in', async () => {
    const { saved, save, dialog } = await open();
    (await dialog.findByRole('combobox', { name: 'Sign-in' })).focus();
    await userEvent.keyboard('{Enter}{ArrowUp}{ArrowUp}{Enter}');
    expect(screen.queryByLabelText('Password')).toBeNull();
    await save();
    await waitFor(() =>
      expect(saved()).toEqual([
        { context: 'prod', prometheus_auth: 'none', prometheus_username: null, prometheus_secret: null },
      ]),
    );
  });

  it.each([
    ['Address of Prometheus', 'prometheus', /begins with http/],
    ['Address of Prometheus', 'https://ada:pw@x.example', /in their own fields/],
    ['PUE', '0.9', /from 1 to 5/],
    ['CPU, a core and hour', 'cheap', /0 or more/],
    ['Memory, a GB and hour', '-1', /0 or more/],
    ['Currency', 'euro', /Three letters/],
  ])('refuse %s %j in words at the field', async (label, text, words) => {
    const { saved } = await open();
    await put(label, text);
    const field = screen.getByLabelText(label);
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(words);
    expect(saveButton().disabled).toBe(true);
    await userEvent.type(field, '{Enter}');
    expect(saved()).toEqual([]);
  });

  it('stay open with what was typed when saving fails', async () => {
    const { save, closed, dialog } = await open({
      updateSettings: async () => {
        throw new ORPCError('BAD_REQUEST', {
          message: 'There is no zone ZZ.',
          data: { failure: 'bad-input', hint: 'FR, for example.' },
        });
      },
    });
    await put('Grid zone', 'ZZ');
    await save();
    expect((await dialog.findByRole('alert')).textContent).toBe('There is no zone ZZ.FR, for example.');
    expect((dialog.getByLabelText('Grid zone') as HTMLInputElement).value).toBe('ZZ');
    expect(closed()).toBe(0);
    expect(saveButton().disabled).toBe(false);
  });

  it('cannot be saved twice at once', async () => {
    const answer = Promise.withResolvers<ClusterSettings>();
    const { saved, save, closed } = await open({ updateSettings: () => answer.promise });
    await put('PUE', '2');
    await save();
    await waitFor(() => expect(saveButton().disabled).toBe(true));
    await userEvent.type(screen.getByLabelText('PUE'), '{Enter}');
    await act(async () => answer.resolve(settings));
    await waitFor(() => expect(closed()).toBe(1));
    expect(saved()).toHaveLength(1);
  });

  it('are dropped with Cancel', async () => {
    const { saved, closed, dialog } = await open();
    await put('PUE', '3');
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(closed()).toBe(1);
    expect(saved()).toEqual([]);
  });

  it('say why they cannot be shown, and are asked for again', async () => {
    let tries = 0;
    const { dialog } = await open({
      settings: async () => {
        tries += 1;
        if (tries === 1) throw new Error('x');
        return settings;
      },
    });
    expect(await dialog.findByRole('alert')).toBeTruthy();
    expect(saveButton().disabled).toBe(true);
    await userEvent.click(dialog.getByRole('button', { name: 'Try again' }));
    expect(await dialog.findByLabelText('PUE')).toBeTruthy();
  });
});
