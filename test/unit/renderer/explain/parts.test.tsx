import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Copy } from 'lucide-react';
import { describe, expect, it, vi } from 'vitest';
import { CopyButton } from '../../../../src/renderer/figures/CopyButton.tsx';
import { ExplainButton } from '../../../../src/renderer/figures/explain/ExplainButton.tsx';
import { ExplainContext } from '../../../../src/renderer/figures/explain/use-explain.ts';
import { Mark } from '../../../../src/renderer/ui/Mark.tsx';
import { SidePanel } from '../../../../src/renderer/ui/SidePanel.tsx';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

describe('a figure that can be explained', () => {
  const show = vi.fn();
  const button = (open: string | null) => (
    <ExplainContext value={{ open, show, close: () => undefined }}>
      <ExplainButton target={{ metric: 'cost', node: 'n1' }} figure="Cost €12" exact="12.345 EUR">
        €12
      </ExplainButton>
    </ExplainContext>
  );

  it('says what a press does and holds the exact value', async () => {
    render(button(null));
    const figure = screen.getByRole('button', { name: 'How this figure came about: Cost €12' });
    expect(figure.getAttribute('title')).toBe('12.345 EUR');
    expect(figure.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(figure);
    expect(show).toHaveBeenCalledWith({ metric: 'cost', node: 'n1' });
  });

  it('is outlined only while it is the one that is explained', () => {
    const { rerender } = render(button('cost,node:n1'));
    expect(screen.getByRole('button').getAttribute('aria-expanded')).toBe('true');
    rerender(button('cost,node:n2'));
    expect(screen.getByRole('button').getAttribute('aria-expanded')).toBe('false');
  });
});

describe('a side panel', () => {
  it('takes the focus, and again with another subject; a press outside leaves it open', async () => {
    const onClose = vi.fn();
    const panel = (about: string) => (
      <>
        <button type="button">outside</button>
        <SidePanel title="About it" about={about} onClose={onClose} opener={() => null}>
          <button type="button">inside</button>
        </SidePanel>
      </>
    );
    const { rerender } = render(panel('a'));
    const dialog = await screen.findByRole('dialog', { name: 'About it' });
    await waitFor(() => expect(document.activeElement).toBe(dialog));
    await userEvent.click(screen.getByRole('button', { name: 'outside' }));
    expect(onClose).not.toHaveBeenCalled();
    rerender(panel('b'));
    await waitFor(() => expect(document.activeElement).toBe(dialog));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });
});

describe('copying', () => {
  it('says that it went well, or that the clipboard refused', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce(undefined);
    render(<CopyButton label="Copy as text" Icon={Copy} text={() => 'words'} />);
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(write).toHaveBeenCalledWith('words');
    expect(await screen.findByText('Copied')).toBeTruthy();
    write.mockRejectedValueOnce(new Error('denied'));
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText('Clipboard refused')).toBeTruthy();
  });
});

describe('what a person set', () => {
  it('has a shape and a name of its own', () => {
    const { container } = render(<Mark certainty="person" />);
    expect(screen.getByRole('img', { name: 'Set by a person' })).toBeTruthy();
    expect(container.querySelectorAll('circle, path')).toHaveLength(2);
  });
});

describe('figures of a node', () => {
  it('open by the node, and its pods by pod and node', async () => {
    const { address } = renderApp('/nodes?cluster=c1&tz=UTC&node=hyb-dub-01', sample);
    await userEvent.click(await screen.findByRole('button', { name: /came about: Power \d/ }));
    await waitFor(() => expect(address()).toContain('explain=energy,cluster:c1,node:hyb-dub-01'));
    const [pod] = await screen.findAllByRole('button', { name: /came about: Power of [a-z]/ });
    await userEvent.click(pod!);
    await waitFor(() =>
      expect(address()).toMatch(/explain=energy,cluster:c1,namespace:[a-z-]+,pod:[a-z0-9-]+,node:hyb-dub-01/),
    );
  });
});
