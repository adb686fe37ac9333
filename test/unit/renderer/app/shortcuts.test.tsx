import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { nameOfKey, useShortcuts } from '../../../../src/renderer/app/shortcuts.ts';

function Page({ seen }: { seen: string[] }) {
  useShortcuts({ r: () => seen.push('r'), '[': () => seen.push('['), 'mod+shift+k': () => seen.push('switch') });
  return (
    <>
      <input aria-label="Find" />
      <div role="dialog">
        <button type="button">In a dialog</button>
      </div>
    </>
  );
}

describe('nameOfKey', () => {
  const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
    nameOfKey({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

  it('is the same with Ctrl and with ⌘', () => {
    expect(key('K', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+k');
    expect(key('K', { metaKey: true, shiftKey: true })).toBe('mod+shift+k');
  });

  it('ignores the shift that only makes the letter', () => {
    expect(key('R', { shiftKey: true })).toBe('r');
    expect(key('[')).toBe('[');
    expect(key('ArrowUp', { altKey: true })).toBe('alt+arrowup');
  });
});

describe('useShortcuts', () => {
  it('works on the page', async () => {
    const seen: string[] = [];
    render(<Page seen={seen} />);
    await userEvent.keyboard('r[[q');
    expect(seen).toEqual(['r', '[']);
  });

  it('rests while a person types or a dialog is open, except for keys with Ctrl', async () => {
    const seen: string[] = [];
    render(<Page seen={seen} />);
    await userEvent.type(screen.getByLabelText('Find'), 'r');
    screen.getByRole('button').focus();
    await userEvent.keyboard('r{Control>}{Shift>}k{/Shift}{/Control}');
    expect(seen).toEqual(['switch']);
  });

  it('leaves with the page', async () => {
    const seen: string[] = [];
    render(<Page seen={seen} />).unmount();
    await userEvent.keyboard('r');
    expect(seen).toEqual([]);
  });
});
