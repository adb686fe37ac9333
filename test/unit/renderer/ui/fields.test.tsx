import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Checkbox } from '../../../../src/renderer/ui/Checkbox.tsx';
import { SearchField } from '../../../../src/renderer/ui/SearchField.tsx';
import { Segmented } from '../../../../src/renderer/ui/Segmented.tsx';
import { Switch } from '../../../../src/renderer/ui/Switch.tsx';
import { TextField } from '../../../../src/renderer/ui/TextField.tsx';

describe('TextField', () => {
  it('hands on what is typed, and knows its unit', async () => {
    const seen: string[] = [];
    render(<TextField label="PUE" value="" onChange={(text) => seen.push(text)} suffix="times" placeholder="1.2" />);
    await userEvent.type(screen.getByLabelText('PUE'), '1');
    expect(seen).toEqual(['1']);
    expect(screen.getByText('times')).toBeTruthy();
    expect(screen.getByPlaceholderText('1.2')).toBe(screen.getByLabelText('PUE'));
  });

  it('never shows a secret and never lets the browser fill it in', () => {
    render(<TextField label="Token" type="password" value="s3cret" onChange={() => undefined} />);
    const field = screen.getByLabelText('Token');
    expect(field.getAttribute('type')).toBe('password');
    expect(field.getAttribute('autocomplete')).toBe('off');
    expect(document.body.textContent).not.toContain('s3cret');
  });

  it('claims no note where it has none, and takes nothing while disabled', async () => {
    const seen: string[] = [];
    render(<TextField label="Zone" value="" disabled onChange={(text) => seen.push(text)} />);
    const field = screen.getByLabelText('Zone');
    expect(field.getAttribute('aria-describedby')).toBeNull();
    await userEvent.type(field, 'FR');
    expect(seen).toEqual([]);
  });

  it('keeps two fields of one label apart', async () => {
    const seen: string[] = [];
    render(
      <>
        <TextField label="Name" value="" onChange={() => seen.push('first')} />
        <TextField label="Name" value="" onChange={() => seen.push('second')} />
      </>,
    );
    const [, second] = screen.getAllByLabelText('Name');
    await userEvent.type(second as HTMLElement, 'x');
    expect(seen).toEqual(['second']);
  });
});

/** Stands for a page that listens to keys. */
function Listening({ outside, children }: { outside: string[]; children: ReactNode }) {
  return (
    <table>
      <tbody onKeyDown={(event) => outside.push(event.key)}>
        <tr>
          <td>{children}</td>
        </tr>
      </tbody>
    </table>
  );
}

describe('SearchField', () => {
  function Example({ outside }: { outside: string[] }) {
    const [value, setValue] = useState('');
    return (
      <Listening outside={outside}>
        <SearchField label="Find a node" value={value} onChange={setValue} />
      </Listening>
    );
  }

  it('shows its button only with words in it', async () => {
    render(<Example outside={[]} />);
    expect(screen.queryByRole('button')).toBeNull();
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a node' }), 'n1');
    await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('takes Esc for itself while there is something to clear, and then lets it through', async () => {
    const outside: string[] = [];
    render(<Example outside={outside} />);
    await userEvent.type(screen.getByRole('searchbox'), 'n{Escape}');
    expect(outside).toEqual(['n']);
    await userEvent.keyboard('{Escape}');
    expect(outside).toEqual(['n', 'Escape']);
  });

  it('says what it finds where nothing is typed', () => {
    render(<SearchField label="Find a node" placeholder="Node" value="" onChange={() => undefined} />);
    expect(screen.getByRole('searchbox', { name: 'Find a node' }).getAttribute('placeholder')).toBe('Node');
  });
});

describe('Checkbox', () => {
  it('is turned with the space bar and by its words', async () => {
    const seen: boolean[] = [];
    render(<Checkbox label="Compare" checked={false} onChange={(on) => seen.push(on)} />);
    screen.getByRole('checkbox', { name: 'Compare' }).focus();
    await userEvent.keyboard(' ');
    await userEvent.click(screen.getByText('Compare'));
    expect(seen).toEqual([true, true]);
  });

  it('is neither on nor off where only some are chosen, and becomes on', async () => {
    const seen: boolean[] = [];
    render(<Checkbox label="All rows" checked="indeterminate" hideLabel onChange={(on) => seen.push(on)} />);
    const box = screen.getByRole('checkbox', { name: 'All rows' });
    expect(box.getAttribute('aria-checked')).toBe('mixed');
    await userEvent.click(box);
    expect(seen).toEqual([true]);
  });

  it('keeps still while disabled', async () => {
    const seen: boolean[] = [];
    render(<Checkbox label="Compare" checked disabled onChange={(on) => seen.push(on)} />);
    await userEvent.click(screen.getByText('Compare'));
    expect(seen).toEqual([]);
  });
});

describe('Switch', () => {
  it('is turned with the space bar and says how it stands', async () => {
    const seen: boolean[] = [];
    render(<Switch label="Collect prod" checked onChange={(on) => seen.push(on)} />);
    const control = screen.getByRole('switch', { name: 'Collect prod' });
    expect(control.getAttribute('aria-checked')).toBe('true');
    control.focus();
    await userEvent.keyboard(' ');
    expect(seen).toEqual([false]);
  });
});

describe('Segmented', () => {
  const options = [
    { value: 'carbon', label: 'Carbon' },
    { value: 'energy', label: 'Energy' },
    { value: 'cost', label: 'Cost' },
  ] as const;

  it('is one stop of the Tab key, named, and arrows go around', async () => {
    const seen: string[] = [];
    render(
      <>
        <Segmented label="Measure" value="energy" options={options} onChange={(value) => seen.push(value)} />
        <button type="button">after</button>
      </>,
    );
    expect(screen.getByRole('radiogroup', { name: 'Measure' })).toBeTruthy();
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Energy');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement?.textContent).toBe('Carbon');
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('after');
    expect(seen).toEqual([]);
  });

  it('is told nothing when its choice is pressed again', async () => {
    const seen: string[] = [];
    render(<Segmented label="Measure" value="energy" options={options} onChange={(value) => seen.push(value)} />);
    await userEvent.click(screen.getByRole('radio', { name: 'Energy' }));
    expect(seen).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: 'Cost' }));
    expect(seen).toEqual(['cost']);
  });
});
