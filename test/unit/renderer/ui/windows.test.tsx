import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Button } from '../../../../src/renderer/ui/Button.tsx';
import { Dialog } from '../../../../src/renderer/ui/Dialog.tsx';
import { Menu } from '../../../../src/renderer/ui/Menu.tsx';
import { Popover } from '../../../../src/renderer/ui/Popover.tsx';

const focused = () => document.activeElement;

function WithDialog({ start }: { start: 'button' | 'menu' }) {
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  return (
    <>
      {start === 'button' ? (
        <Button onClick={show}>Settings</Button>
      ) : (
        <Menu
          label="More"
          trigger={<Button>More</Button>}
          items={[
            { key: 'a', label: 'Look', onSelect: () => undefined },
            { key: 's', label: 'Settings', onSelect: show },
          ]}
        />
      )}
      <Dialog
        open={open}
        title="Settings of prod"
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>Done</Button>}
      >
        <input aria-label="Zone" />
      </Dialog>
    </>
  );
}

describe('Dialog', () => {
  it('gives the focus back to the button that opened it', async () => {
    render(<WithDialog start="button" />);
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    expect(focused()).toBe(screen.getByLabelText('Zone'));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(focused()).toBe(screen.getByRole('button', { name: 'Settings' })));
  });

  it('gives the focus back to the button of the menu that opened it', async () => {
    render(<WithDialog start="menu" />);
    screen.getByRole('button', { name: 'More' }).focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await screen.findByRole('dialog', { name: 'Settings of prod' });
    await userEvent.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(focused()).toBe(screen.getByRole('button', { name: 'More' })));
  });

  it('keeps the focus inside while it is open', async () => {
    render(<WithDialog start="button" />);
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    const dialog = screen.getByRole('dialog');
    for (let step = 0; step < 5; step += 1) {
      await userEvent.tab();
      expect(dialog.contains(focused())).toBe(true);
    }
  });

  it('comes to its way out last', async () => {
    render(<WithDialog start="button" />);
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await userEvent.tab();
    expect(focused()?.textContent).toBe('Done');
    await userEvent.tab();
    expect(focused()?.getAttribute('aria-label')).toBe('Close');
  });

  it('is nowhere while it is closed, and hides the page from readers while it is open', async () => {
    render(<WithDialog start="button" />);
    expect(screen.queryByText('Settings of prod')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    expect(screen.queryByRole('button', { name: 'Settings' })).toBeNull();
  });

  it('claims no description where it has none', () => {
    render(
      <Dialog open title="Check" onClose={() => undefined}>
        words
      </Dialog>,
    );
    expect(screen.getByRole('dialog').getAttribute('aria-describedby')).toBeNull();
  });
});

describe('Popover', () => {
  const example = (
    <Popover label="Choose a range" trigger={<button type="button">Last 7 days</button>}>
      <button type="button">Last 30 days</button>
    </Popover>
  );

  it('opens from its button, takes the focus, and returns it with Esc', async () => {
    render(example);
    const trigger = screen.getByRole('button', { name: 'Last 7 days' });
    expect(trigger.getAttribute('aria-expanded')).toBe('false');
    trigger.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Choose a range' })).toBeTruthy();
    expect(trigger.getAttribute('aria-expanded')).toBe('true');
    await waitFor(() => expect(focused()?.textContent).toBe('Last 30 days'));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(focused()).toBe(trigger));
  });

  it('closes with a press elsewhere', async () => {
    render(
      <>
        {example}
        <p>elsewhere</p>
      </>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Last 7 days' }));
    await userEvent.click(screen.getByText('elsewhere'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('can be held by its page, which hears what it wants', async () => {
    const wants: boolean[] = [];
    const { rerender } = render(
      <Popover label="Sources" open={false} onOpenChange={(open) => wants.push(open)} trigger={<Button>Open</Button>}>
        words
      </Popover>,
    );
    await userEvent.click(screen.getByRole('button'));
    expect(wants).toEqual([true]);
    expect(screen.queryByText('words')).toBeNull();
    rerender(
      <Popover label="Sources" open onOpenChange={(open) => wants.push(open)} trigger={<Button>Open</Button>}>
        words
      </Popover>,
    );
    expect(screen.getByText('words')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(wants).toEqual([true, false]);
  });
});
