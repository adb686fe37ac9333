import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { EncryptionStatus, RotateAnswer } from '../../../../src/contract/schemas/kubernetes/encryption.ts';
import { recordWords, rotatedWords } from '../../../../src/renderer/features/settings/kubernetes/encryption-words.ts';
import { KubernetesSection } from '../../../../src/renderer/features/settings/kubernetes/KubernetesSection.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

const { encryption, rotateKey } = kubernetesAnswers;
const refuse =
  (failure: string, message: string, hint: string | null = null) =>
  async () => {
    throw new ORPCError('X', { message, data: { failure, hint } });
  };

function show(status: Partial<EncryptionStatus> = {}, more: FakeOperations = {}) {
  const k8s = { encryption: async () => ({ ...encryption, ...status }), rotateKey: async () => rotateKey };
  return renderPart(<KubernetesSection />, { ...more, k8s: { ...k8s, ...more.k8s } }, '/?tz=UTC');
}
const panel = async (name: string) => within(await screen.findByRole('region', { name }));
const team = () => screen.findByRole('textbox', { name: 'Labels of the team' });

describe('owners', () => {
  it('are found in the settings', async () => {
    renderApp('/settings?section=kubernetes', { k8s: { encryption: async () => encryption } });
    expect(await screen.findByRole('heading', { level: 2, name: 'Kubernetes' })).toBeTruthy();
    expect(await team()).toHaveProperty('value', 'team');
  });

  it('are saved as a list, and it is said what that changes', async () => {
    const { calls } = show();
    const field = await team();
    const save = screen.getByRole('button', { name: 'Save' });
    expect(save).toHaveProperty('disabled', true);
    await userEvent.type(field, ', example.com/owner{Enter}');
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'settings.update',
        input: { label_keys: { team: ['team', 'example.com/owner'], cost_center: ['cost-center'] } },
      }),
    );
    expect(await screen.findByText(/figures that are stored keep the team they had/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  });

  it('say at the field what is no label, and save nothing', async () => {
    const { calls } = show();
    const field = await team();
    await userEvent.type(field, ' !');
    expect(screen.getByText(/“!” is not the key of a label/)).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await userEvent.type(field, '{Enter}');
    expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    expect(calls.some(({ operation }) => operation === 'settings.update')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Undo changes' }));
    expect(field).toHaveProperty('value', 'team');
  });

  it('keep what was typed where the backend refuses it', async () => {
    show({}, { settings: { update: refuse('read-only', 'The store is read-only', 'Open it for writing.') } });
    await userEvent.type(await team(), ' squad{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('The store is read-onlyOpen it for writing.');
    expect(await team()).toHaveProperty('value', 'team squad');
  });
});

describe('stored kubeconfigs', () => {
  it('say which key is in force, where it is, and what it seals', async () => {
    show();
    const part = await panel('Stored kubeconfigs');
    expect(await part.findByText('A key file beside the data: secret.key in /data')).toBeTruthy();
    expect(part.getByRole('list', { name: 'Keys that are needed' }).textContent).toBe('0a1b2c3d4e5f: 2 kubeconfigs');
    expect(part.queryByRole('status')).toBeNull();
  });

  it.each([
    ['variable', 'Your own key, of a variable: PODWATT_ENCRYPTION_KEY'],
    ['key-file', 'Your own key, of a file: PODWATT_ENCRYPTION_KEY'],
    ['keychain', 'The keychain of this computer: PODWATT_ENCRYPTION_KEY'],
  ] as const)('name a key of the kind %s', async (source, words) => {
    show({ source, location: 'PODWATT_ENCRYPTION_KEY' });
    expect(await (await panel('Stored kubeconfigs')).findByText(words)).toBeTruthy();
  });

  it('say so where none is stored and none was needed', async () => {
    show({ key_id: null, records: [] });
    const part = await panel('Stored kubeconfigs');
    expect(await part.findByText('No kubeconfig is stored')).toBeTruthy();
    expect(part.getByText('none was needed yet')).toBeTruthy();
  });

  it('warn of a key that is not here, and say that nothing is lost', async () => {
    const advice = [
      '1 kubeconfigs need the key ffff, which is not here. Nothing is lost: start Podwatt with that key.',
    ];
    show({ records: [...encryption.records, { key_id: 'ffff', count: 1, can_open: false }], advice });
    const list = await (await panel('Stored kubeconfigs')).findByRole('list', { name: 'Keys that are needed' });
    expect(list.textContent).toContain('ffff: 1 kubeconfig, and this key is not here');
    expect(list.querySelector('[data-status="broken"]')).not.toBeNull();
    expect(screen.getByText(/Nothing is lost/).closest('[role="status"]')).not.toBeNull();
  });

  it('mark what an older key seals', async () => {
    show({ records: [{ key_id: 'old', count: 3, can_open: true }] });
    const list = await (await panel('Stored kubeconfigs')).findByRole('list', { name: 'Keys that are needed' });
    expect(list.textContent).toBe('old: 3 kubeconfigs, with an older key');
    expect(list.querySelector('[data-status="attention"]')).not.toBeNull();
  });

  it('say why they can not be read, with a way to ask again', async () => {
    show({}, { k8s: { encryption: refuse('store', 'The store is locked') } });
    const part = await panel('Stored kubeconfigs');
    expect(await part.findByText('The store is locked')).toBeTruthy();
    expect(part.getByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(await team()).toBeTruthy();
  });
});

describe('rotating the key', () => {
  const ask = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Rotate…' }));
    return within(await screen.findByRole('dialog', { name: 'Seal the kubeconfigs anew?' }));
  };

  it('is asked first; Esc does nothing to any key', async () => {
    const { calls } = show();
    expect((await ask()).getByText(/^A new key is made, and every kubeconfig is sealed anew/)).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.some(({ operation }) => operation === 'k8s.rotateKey')).toBe(false);
  });

  it('says what was done, where the key before is, and asks for the status again', async () => {
    const { calls } = show();
    await userEvent.click((await ask()).getByRole('button', { name: 'Rotate' }));
    expect(await screen.findByText('2 kubeconfigs sealed anew.')).toBeTruthy();
    expect(screen.getByText('Remove it when no backup needs it.')).toBeTruthy();
    expect(calls).toContainEqual({ operation: 'k8s.rotateKey', input: {} });
    expect(calls.filter(({ operation }) => operation === 'k8s.encryption').length).toBeGreaterThan(1);
  });

  it('takes a key file of the person’s own', async () => {
    const { calls } = show({ source: 'variable' });
    const dialog = await ask();
    expect(dialog.getByText(/^The key itself stays, as it comes from you/)).toBeTruthy();
    await userEvent.type(dialog.getByRole('textbox'), ' /etc/podwatt/new.key ');
    expect(dialog.getByText(/^The key of that file is taken from now on/)).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Rotate' }));
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'k8s.rotateKey', input: { new_key_file: '/etc/podwatt/new.key' } }),
    );
  });

  it('names what could not be opened, and that it stays', async () => {
    const answer: RotateAnswer = { ...rotateKey, not_opened: [{ cluster: 'shop', key_id: 'ffff' }], advice: [] };
    show({}, { k8s: { rotateKey: async () => answer } });
    await userEvent.click((await ask()).getByRole('button', { name: 'Rotate' }));
    expect(
      await screen.findByText('shop could not be opened: it needs the key ffff, and stays as it was.'),
    ).toBeTruthy();
  });

  it('says why it failed', async () => {
    show({}, { k8s: { rotateKey: refuse('bad-input', 'That file holds no key', 'A key has 32 bytes.') } });
    await userEvent.click((await ask()).getByRole('button', { name: 'Rotate' }));
    expect((await screen.findByRole('alert')).textContent).toBe('That file holds no keyA key has 32 bytes.');
    expect(screen.queryByText(/sealed anew\./)).toBeNull();
  });
});

describe('words of keys', () => {
  it('count what was done', () => {
    expect(rotatedWords({ ...rotateKey, sealed_anew: 1, already_sealed: 3 })).toBe(
      '1 kubeconfig sealed anew, 3 had that key already.',
    );
    expect(rotatedWords({ ...rotateKey, sealed_anew: 0 })).toBe('0 kubeconfigs sealed anew.');
  });

  it('say of a key whether it is in force', () => {
    expect(recordWords({ key_id: 'k', count: 1, can_open: true }, true)).toBe('1 kubeconfig');
    expect(recordWords({ key_id: 'k', count: 1, can_open: true }, false)).toBe('1 kubeconfig, with an older key');
  });
});
