import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Button } from '../../../../src/renderer/ui/Button.tsx';
import { IconButton } from '../../../../src/renderer/ui/IconButton.tsx';
import { Menu } from '../../../../src/renderer/ui/Menu.tsx';
import { Select } from '../../../../src/renderer/ui/Select.tsx';

const focused = () => document.activeElement;

describe('Menu', () => {
  const example = (seen: string[]) => (
    <Menu
      label="Theme"
      trigger={<Button>Theme</Button>}
      items={[
        { key: 'system', label: 'As the system', checked: false, onSelect: () => seen.push('system') },
        { key: 'light', label: 'Light', checked: true, onSelect: () => seen.push('light') },
        { key: 'dark', label: 'Dark', checked: false, disabled: true, onSelect: () => seen.push('dark') },
        { key: 'copy', label: 'Copy', note: 'C', onSelect: () => seen.push('copy') },
      ]}
    />
  );
  const open = async () => {
    screen.getByRole('button', { name: 'Theme' }).focus();
    await userEvent.keyboard('{Enter}');
    return screen.findByRole('menu');
  };

  it('marks the choice for readers too, and only that one', async () => {
    render(example([]));
    await open();
    expect(screen.getByRole('img', { name: 'chosen' }).closest('[role="menuitem"]')?.textContent).toBe('Light');
    expect(screen.getByRole('menuitem', { name: 'Copy C' })).toBeTruthy();
  });

  it('skips what cannot be chosen, and stops at its ends', async () => {
    const seen: string[] = [];
    render(example(seen));
    await open();
    expect(screen.getByRole('menuitem', { name: 'Dark' }).getAttribute('aria-disabled')).toBe('true');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(seen).toEqual(['copy']);
  });

  it('runs nothing with Esc and returns the focus', async () => {
    const seen: string[] = [];
    render(example(seen));
    await open();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(focused()).toBe(screen.getByRole('button', { name: 'Theme' })));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(seen).toEqual([]);
  });

  it('finds an item by its first letter', async () => {
    const seen: string[] = [];
    render(example(seen));
    await open();
    await userEvent.keyboard('c');
    await waitFor(() => expect(focused()?.textContent).toBe('CopyC'));
  });

  it('says on its button whether it is open', async () => {
    render(example([]));
    const button = screen.getByRole('button', { name: 'Theme' });
    expect(button.getAttribute('aria-haspopup')).toBe('menu');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    await open();
    expect(button.getAttribute('aria-expanded')).toBe('true');
  });
});

describe('Select', () => {
  type Group = 'namespace' | 'workload' | 'pod';
  function Example({ seen }: { seen: string[] }) {
    const [value, setValue] = useState<Group>('workload');
    return (
      <Select
        label="Group by"
        prefix="Group by"
        value={value}
        options={[
          { value: 'namespace', label: 'Namespace' },
          { value: 'workload', label: 'Workload' },
          { value: 'pod', label: 'Pod' },
        ]}
        onChange={(next) => {
          seen.push(next);
          setValue(next);
        }}
      />
    );
  }
  const box = () => screen.getByRole('combobox', { name: 'Group by' });

  it('opens by key on its choice and takes another', async () => {
    const seen: string[] = [];
    render(<Example seen={seen} />);
    box().focus();
    await userEvent.keyboard('{Enter}');
    expect((await screen.findAllByRole('option')).map((option) => option.getAttribute('data-state'))).toEqual([
      'unchecked',
      'checked',
      'unchecked',
    ]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(seen).toEqual(['pod']);
    expect(box().textContent).toBe('Group byPod');
    await waitFor(() => expect(focused()).toBe(box()));
  });

  it('keeps its choice with Esc', async () => {
    const seen: string[] = [];
    render(<Example seen={seen} />);
    box().focus();
    await userEvent.keyboard('{Enter}{ArrowUp}{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(seen).toEqual([]);
    expect(box().textContent).toBe('Group byWorkload');
  });

  it('is told nothing when the same is chosen again', async () => {
    const seen: string[] = [];
    render(<Example seen={seen} />);
    box().focus();
    await userEvent.keyboard('{Enter}{Enter}');
    expect(seen).toEqual([]);
  });
});

describe('IconButton', () => {
  it('has a name without words in it, and shows the name on focus', async () => {
    const seen: string[] = [];
    render(
      <IconButton label="Show as a table" onClick={() => seen.push('table')}>
        <svg aria-hidden="true" />
      </IconButton>,
    );
    const button = screen.getByRole('button', { name: 'Show as a table' });
    expect(screen.queryByRole('tooltip')).toBeNull();
    await userEvent.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Show as a table');
    await userEvent.keyboard('{Enter}');
    expect(seen).toEqual(['table']);
    expect(button.getAttribute('type')).toBe('button');
  });

  it('runs nothing while disabled', async () => {
    const seen: string[] = [];
    render(
      <IconButton label="Stop" disabled onClick={() => seen.push('stop')}>
        <svg aria-hidden="true" />
      </IconButton>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }), { pointerEventsCheck: 0 });
    expect(seen).toEqual([]);
  });
});
