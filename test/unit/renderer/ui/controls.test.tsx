import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Button } from '../../../../src/renderer/ui/Button.tsx';
import { Checkbox } from '../../../../src/renderer/ui/Checkbox.tsx';
import { Dialog } from '../../../../src/renderer/ui/Dialog.tsx';
import { Menu } from '../../../../src/renderer/ui/Menu.tsx';
import { SearchField } from '../../../../src/renderer/ui/SearchField.tsx';
import { Segmented } from '../../../../src/renderer/ui/Segmented.tsx';
import { Select } from '../../../../src/renderer/ui/Select.tsx';
import { Switch } from '../../../../src/renderer/ui/Switch.tsx';
import { TextField } from '../../../../src/renderer/ui/TextField.tsx';

describe('Segmented', () => {
  function Example() {
    const [value, setValue] = useState<'carbon' | 'energy'>('carbon');
    return (
      <Segmented
        label="Measure"
        value={value}
        options={[
          { value: 'carbon', label: 'Carbon' },
          { value: 'energy', label: 'Energy' },
        ]}
        onChange={setValue}
      />
    );
  }

  it('always has one choice', async () => {
    render(<Example />);
    const [carbon, energy] = screen.getAllByRole('radio');
    await userEvent.click(carbon as HTMLElement);
    expect(carbon?.getAttribute('aria-checked')).toBe('true');
    await userEvent.click(energy as HTMLElement);
    expect([carbon, energy].map((item) => item?.getAttribute('aria-checked'))).toEqual(['false', 'true']);
  });

  it('moves with arrow keys', async () => {
    render(<Example />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight} ');
    expect(screen.getByRole('radio', { name: 'Energy' }).getAttribute('aria-checked')).toBe('true');
  });
});

describe('switches and checks', () => {
  it('are named and tell their new state', async () => {
    const seen: unknown[] = [];
    render(
      <>
        <Switch label="Collect prod" checked={false} onChange={(on) => seen.push(['switch', on])} />
        <Checkbox label="Compare" checked onChange={(on) => seen.push(['check', on])} />
      </>,
    );
    await userEvent.click(screen.getByRole('switch', { name: 'Collect prod' }));
    await userEvent.click(screen.getByText('Compare'));
    expect(seen).toEqual([
      ['switch', true],
      ['check', false],
    ]);
  });

  it('keep still while disabled', async () => {
    const seen: unknown[] = [];
    render(<Switch label="Collect" checked={false} disabled onChange={(on) => seen.push(on)} />);
    await userEvent.click(screen.getByRole('switch'));
    expect(seen).toEqual([]);
  });
});

describe('SearchField', () => {
  it('is emptied with Esc and with its button', async () => {
    function Example() {
      const [value, setValue] = useState('cart');
      return <SearchField label="Find a workload" value={value} onChange={setValue} />;
    }
    render(<Example />);
    const field: HTMLInputElement = screen.getByRole('searchbox', { name: 'Find a workload' });
    await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
    expect(field.value).toBe('');
    await userEvent.type(field, 'abc{Escape}');
    expect(field.value).toBe('');
  });
});

describe('TextField', () => {
  it('ties help and error to the input', () => {
    const { rerender } = render(<TextField label="PUE" value="1.2" help="1 to 5" onChange={() => undefined} />);
    const field = screen.getByLabelText('PUE');
    const noteOf = () => document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(noteOf()).toBe('1 to 5');
    expect(field.getAttribute('aria-invalid')).toBeNull();
    rerender(<TextField label="PUE" value="9" help="1 to 5" error="Too large" onChange={() => undefined} />);
    expect(noteOf()).toBe('Too large');
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });
});

describe('Menu', () => {
  it('opens by key and runs what is chosen', async () => {
    const seen: string[] = [];
    render(
      <Menu
        label="More"
        trigger={<Button>More</Button>}
        items={[
          { key: 'a', label: 'Settings', onSelect: () => seen.push('settings') },
          { key: 'b', label: 'Check', checked: true, onSelect: () => seen.push('check') },
        ]}
      />,
    );
    screen.getByRole('button').focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(seen).toEqual(['check']);
  });
});

describe('Select', () => {
  it('shows its choice and its prefix', () => {
    render(
      <Select
        label="Group by"
        prefix="Group by"
        value="pod"
        options={[
          { value: 'pod', label: 'Pod' },
          { value: 'node', label: 'Node' },
        ]}
        onChange={() => undefined}
      />,
    );
    const box = screen.getByRole('combobox', { name: 'Group by' });
    expect(box.textContent).toContain('Pod');
  });
});

describe('Dialog', () => {
  it('is named and described, begins in its content, and closes with Esc', async () => {
    let closed = 0;
    render(
      <Dialog open title="Settings" description="Of one cluster" onClose={() => (closed += 1)}>
        <input aria-label="Zone" />
      </Dialog>,
    );
    const dialog = screen.getByRole('dialog', { name: 'Settings' });
    expect(document.getElementById(dialog.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Of one cluster');
    expect(document.activeElement).toBe(screen.getByLabelText('Zone'));
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(closed).toBe(2);
  });
});
