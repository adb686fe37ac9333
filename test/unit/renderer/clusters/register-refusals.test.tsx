import { ORPCError } from '@orpc/client';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { KubeconfigPreview } from '../../../../src/contract/schemas/kubernetes/clusters.ts';
import { ConsentPart } from '../../../../src/renderer/features/clusters/ConsentPart.tsx';
import { ContextChoice } from '../../../../src/renderer/features/clusters/ContextChoice.tsx';
import { KubeconfigField } from '../../../../src/renderer/features/clusters/KubeconfigField.tsx';
import { RegisterDialog } from '../../../../src/renderer/features/clusters/RegisterDialog.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { kubeCluster, kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

const { preview } = kubernetesAnswers;
const TEXT = 'apiVersion: v1\nkind: Config\ncontexts: []\n';
type Context = KubeconfigPreview['contexts'][number];
const [admin, sso] = preview.contexts as [Context, Context];
const refuse =
  (code: string, failure: string, message: string, hint: string | null = null) =>
  async () => {
    throw new ORPCError(code, { message, data: { failure, hint } });
  };

async function open(k8s: FakeOperations['k8s'] = {}) {
  const onClose = vi.fn();
  const page = renderPart(<RegisterDialog onClose={onClose} />, {
    k8s: { preview: async () => preview, register: async () => kubeCluster, ...k8s },
  });
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a kubeconfig' }));
  const paste = (text = TEXT) => fireEvent.change(dialog.getByLabelText('Kubeconfig'), { target: { value: text } });
  const asked = (operation: string) => page.calls.filter((call) => call.operation === operation).length;
  return { ...page, dialog, paste, asked, onClose };
}

describe('registering is refused', () => {
  it.each([
    ['CONFLICT', 'conflict', 'This cluster is known already: "shop", context "shop-admin"', 'Remove that one first.'],
    ['CONFLICT', 'conflict', 'There is a cluster named "shop" already', 'Choose another name.'],
    ['UNAUTHORIZED', 'unauthenticated', 'The token was refused (401)', 'Is it still valid?'],
    ['SERVICE_UNAVAILABLE', 'store', 'The key of the kubeconfigs can not be used', 'Start with the right key.'],
    ['FORBIDDEN', 'read-only', 'This Podwatt only reads its store', null],
  ])('%s %s: the window stays, with what was chosen', async (code, failure, message, hint) => {
    const { dialog, paste, onClose } = await open({ register: refuse(code, failure, message, hint) });
    paste();
    const name = await dialog.findByLabelText('Name');
    await userEvent.clear(name);
    await userEvent.type(name, 'my shop');
    await userEvent.click(dialog.getByRole('button', { name: 'Register' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(`${message}${hint ?? ''}`);
    expect(dialog.getByLabelText('Name')).toHaveProperty('value', 'my shop');
    expect(dialog.getByRole('button', { name: 'Register' })).toHaveProperty('disabled', false);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('and then taken, under another name', async () => {
    let isTaken = true;
    const conflict = refuse('CONFLICT', 'conflict', 'There is a cluster named "shop" already');
    const { dialog, paste, onClose, calls } = await open({
      register: async () => (isTaken ? conflict() : kubeCluster),
    });
    paste();
    await dialog.findByLabelText('Name');
    await userEvent.click(dialog.getByRole('button', { name: 'Register' }));
    await dialog.findByRole('alert');
    isTaken = false;
    await userEvent.type(dialog.getByLabelText('Name'), ' 2');
    await userEvent.click(dialog.getByRole('combobox', { name: 'Environment' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Staging' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Register' }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(calls.at(-1)).toMatchObject({
      operation: 'k8s.register',
      input: { name: 'shop 2', environment: 'staging', context: 'shop-admin' },
    });
  });

  it('a text that is no kubeconfig says so at once, and can be replaced', async () => {
    let isBad = true;
    const bad = refuse('BAD_REQUEST', 'bad-input', 'The kubeconfig is not valid YAML');
    const { dialog, paste } = await open({ preview: async () => (isBad ? bad() : preview) });
    paste('{a: [this is no kubeconfig');
    expect((await dialog.findByRole('alert')).textContent).toBe('The kubeconfig is not valid YAML');
    expect(dialog.queryByRole('radio')).toBeNull();
    isBad = false;
    paste(`${TEXT}# whole now, with more lines than before\n`);
    expect(await dialog.findByRole('radio', { name: /shop-admin/ })).toBeTruthy();
    expect(dialog.queryByRole('alert')).toBeNull();
  });

  it('a kubeconfig without a context that can be used can not be registered', async () => {
    const problem = { message: 'It names a user "bob" that is not there.', hint: null };
    const contexts = [{ ...admin, problem }];
    const { dialog, paste } = await open({ preview: async () => ({ ...preview, contexts }) });
    paste();
    expect(await dialog.findByText(/names a user "bob"/)).toBeTruthy();
    expect(dialog.getByText('This context cannot be used as it is.')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Register' })).toHaveProperty('disabled', true);
  });

  it('without a name it waits for one', async () => {
    const { dialog, paste, asked } = await open();
    paste();
    await userEvent.clear(await dialog.findByLabelText('Name'));
    expect(dialog.getByText('Give the cluster a name.')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Register' })).toHaveProperty('disabled', true);
    expect(asked('k8s.register')).toBe(0);
  });

  it('another text takes back what was said of the one before', async () => {
    const { dialog, paste, asked } = await open();
    paste();
    await userEvent.click(await dialog.findByRole('radio', { name: /shop-sso/ }));
    await userEvent.click(dialog.getByRole('checkbox', { name: /I know where/ }));
    paste(`${TEXT}${TEXT}`);
    await waitFor(() => expect(asked('k8s.preview')).toBe(2));
    expect(await dialog.findByRole('radio', { name: /shop-admin/ })).toHaveProperty('checked', true);
    expect(dialog.queryByRole('checkbox')).toBeNull();
  });

  it('Esc and Cancel leave it without a call', async () => {
    const { dialog, onClose, asked } = await open();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(2);
    expect([asked('k8s.preview'), asked('k8s.register')]).toEqual([0, 0]);
  });
});

describe('what is typed by hand', () => {
  it('is looked at on demand, not at each key', async () => {
    const { dialog, asked } = await open();
    await userEvent.type(dialog.getByLabelText('Kubeconfig'), 'kind: Config');
    expect(asked('k8s.preview')).toBe(0);
    await userEvent.click(dialog.getByRole('button', { name: 'Look at it' }));
    expect(await dialog.findByRole('radio', { name: /shop-admin/ })).toBeTruthy();
    expect(asked('k8s.preview')).toBe(1);
  });

  it('a field says whether a text came whole; a drop of nothing is nothing', () => {
    const onChange = vi.fn();
    render(<KubeconfigField value="abc" onChange={onChange} isFolded={false} />);
    const field = screen.getByLabelText('Kubeconfig');
    fireEvent.change(field, { target: { value: 'abcd' } });
    fireEvent.change(field, { target: { value: `abc${TEXT}` } });
    fireEvent.dragOver(field);
    fireEvent.dragLeave(field);
    fireEvent.drop(field, { dataTransfer: { files: [] } });
    expect(onChange.mock.calls).toEqual([
      ['abcd', false],
      [`abc${TEXT}`, true],
    ]);
  });
});

describe('the contexts of a kubeconfig', () => {
  it('are chosen with the arrow keys, as radio buttons are', async () => {
    const onChoose = vi.fn();
    render(<ContextChoice contexts={preview.contexts} chosen="shop-admin" onChoose={onChoose} />);
    expect(screen.getByRole('group', { name: 'One of its 2 contexts' })).toBeTruthy();
    screen.getByRole('radio', { name: /shop-admin/ }).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(onChoose.mock.calls).toEqual([[sso]]);
  });

  it.each([
    ['token', 'https://shop.example:6443, token'],
    ['exec', 'https://shop.example:6443, sign-in program'],
    ['certificate', 'https://shop.example:6443, client certificate'],
    ['something-new', 'https://shop.example:6443, something-new'],
  ])('say how they sign in: %s', (auth_kind, words) => {
    render(<ContextChoice contexts={[{ ...admin, auth_kind }]} chosen={null} onChoose={() => undefined} />);
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByRole('group', { name: 'Its context' })).toBeTruthy();
    expect(screen.getByText('current')).toBeTruthy();
  });

  it('one that leads nowhere says so', () => {
    render(<ContextChoice contexts={[{ ...admin, server_url: null }]} chosen={null} onChoose={() => undefined} />);
    expect(screen.getByText('no server, token')).toBeTruthy();
  });
});

describe('what a context does beside calling its cluster', () => {
  const show = (context: Context, policy: 'asked' | 'refused' = 'asked') =>
    render(<ConsentPart context={context} policy={policy} isGiven={false} onChange={() => undefined} />);

  it('is nothing for most, and then nothing is asked', () => {
    expect(show(admin).container.textContent).toBe('');
  });

  it.each([
    [{ runs: ['aws eks get-token'], reads: [] }, 'It runs, at each sign-in', 'It reads'],
    [{ runs: [], reads: ['/etc/ca.pem'] }, 'It reads', 'It runs, at each sign-in'],
  ])('%j is said, and no more than that', (part, said, unsaid) => {
    show({ ...admin, ...part });
    expect(screen.getByText(`${said}:`)).toBeTruthy();
    expect(screen.queryByText(`${unsaid}:`)).toBeNull();
  });

  it('that a server refuses is an alert without a box to tick', () => {
    show(sso, 'refused');
    expect(screen.getByRole('alert').textContent).toContain('does not run programs or read files');
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});
