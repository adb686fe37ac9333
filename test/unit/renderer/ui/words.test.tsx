import { ORPCError } from '@orpc/client';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Breadcrumb } from '../../../../src/renderer/ui/Breadcrumb.tsx';
import { Button } from '../../../../src/renderer/ui/Button.tsx';
import { Chip } from '../../../../src/renderer/ui/Chip.tsx';
import { cx } from '../../../../src/renderer/ui/class-names.ts';
import { EmptyState } from '../../../../src/renderer/ui/EmptyState.tsx';
import { ErrorState } from '../../../../src/renderer/ui/ErrorState.tsx';
import { Notice } from '../../../../src/renderer/ui/Notice.tsx';
import { PageHeader } from '../../../../src/renderer/ui/PageHeader.tsx';
import { Swatch } from '../../../../src/renderer/ui/Swatch.tsx';

describe('Breadcrumb', () => {
  it('ends in the title of the page and leads back up', async () => {
    const seen: string[] = [];
    render(
      <Breadcrumb
        path={[
          { label: 'All namespaces', onSelect: () => seen.push('all') },
          { label: 'search', onSelect: () => seen.push('search') },
        ]}
        current="Deployment/cart"
      />,
    );
    const path = within(screen.getByRole('navigation', { name: 'Path' }));
    expect(path.getByRole('heading', { level: 1 }).textContent).toBe('Deployment/cart');
    expect(path.getAllByRole('button').map((button) => button.textContent)).toEqual(['All namespaces', 'search']);
    await userEvent.click(path.getByRole('button', { name: 'search' }));
    await userEvent.click(path.getByRole('button', { name: 'All namespaces' }));
    expect(seen).toEqual(['search', 'all']);
  });

  it('is only a title at the top', () => {
    render(<Breadcrumb path={[]} current="All namespaces" />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByRole('heading', { name: 'All namespaces' })).toBeTruthy();
  });
});

describe('PageHeader', () => {
  it('has one heading, whether it is given words or a path', () => {
    const { rerender } = render(<PageHeader title="Nodes" note="12–18 Nov" actions={<Button>Export</Button>} />);
    expect(screen.getAllByRole('heading', { level: 1 }).map((heading) => heading.textContent)).toEqual(['Nodes']);
    expect(screen.getByText('12–18 Nov')).toBeTruthy();
    rerender(<PageHeader title={<Breadcrumb path={[]} current="search" />} />);
    expect(screen.getAllByRole('heading', { level: 1 }).map((heading) => heading.textContent)).toEqual(['search']);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('EmptyState', () => {
  it('says why there is nothing and offers the way on', async () => {
    const seen: string[] = [];
    render(
      <EmptyState title="No figures yet" actions={<Button onClick={() => seen.push('switch')}>Collect</Button>}>
        This cluster was never switched on.
      </EmptyState>,
    );
    expect(screen.getByText('No figures yet')).toBeTruthy();
    expect(screen.getByText('This cluster was never switched on.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Collect' }));
    expect(seen).toEqual(['switch']);
  });

  it('is no alarm, and its picture is not read', () => {
    const { container } = render(<EmptyState title="Nothing" icon={<b>picture</b>} />);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('picture').closest('[aria-hidden="true"]')).toBeTruthy();
    expect(container.querySelectorAll('p')).toHaveLength(1);
  });
});

describe('Notice', () => {
  it.each([
    ['bad', 'alert'],
    ['warn', 'status'],
    ['info', 'status'],
    ['quiet', 'status'],
    [undefined, 'status'],
  ] as const)('%s is read as %s', (tone, role) => {
    render(<Notice {...(tone === undefined ? {} : { tone })}>5 of 168 hours are missing.</Notice>);
    expect(screen.getByRole(role).textContent).toBe('5 of 168 hours are missing.');
    expect(screen.queryByRole(role === 'alert' ? 'status' : 'alert')).toBeNull();
  });

  it('differs by its sign and not only by colour where something is wrong', () => {
    const signOf = (tone: 'info' | 'warn' | 'bad') =>
      render(<Notice tone={tone}>x</Notice>).container.querySelector('svg')?.innerHTML;
    expect(new Set([signOf('info'), signOf('warn'), signOf('bad')]).size).toBe(3);
  });

  it('has its action inside', async () => {
    const seen: string[] = [];
    render(<Notice action={<Button onClick={() => seen.push('on')}>Read on</Button>}>Stopped.</Notice>);
    await userEvent.click(within(screen.getByRole('status')).getByRole('button', { name: 'Read on' }));
    expect(seen).toEqual(['on']);
  });
});

describe('ErrorState', () => {
  const coded = new ORPCError('FORBIDDEN', { message: 'Refused.', data: { failure: 'forbidden', hint: null } });

  it('shows no way to try again where there is none', () => {
    render(<ErrorState error={coded} />);
    expect(screen.getByRole('alert').textContent).toBe('Refused.');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows words of its own for what it does not know, never the error', () => {
    render(<ErrorState error={new Error('secret-token at 10.0.0.1')} onRetry={() => undefined} />);
    const { textContent } = screen.getByRole('alert');
    expect(textContent).toMatch(/^The answer could not be read/);
    expect(textContent).not.toContain('secret-token');
  });

  it('puts further ways beside the retry', () => {
    render(<ErrorState error={coded} onRetry={() => undefined} actions={<Button>Open settings</Button>} />);
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Try again', 'Open settings']);
  });
});

describe('Button', () => {
  it('sends no form unless it says so', async () => {
    const seen: string[] = [];
    render(
      <form
        aria-label="Settings"
        onSubmit={(event) => {
          event.preventDefault();
          seen.push('sent');
        }}
      >
        <Button>Show more</Button>
        <Button type="submit">Save</Button>
      </form>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(seen).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(seen).toEqual(['sent']);
  });
});

describe('small parts', () => {
  it('say their tone by colour only where words say it too', () => {
    render(
      <>
        <Chip>Sample</Chip>
        <Chip tone="warn">Partial</Chip>
      </>,
    );
    expect(screen.getByText('Sample').className).toContain('text-fg-2');
    expect(screen.getByText('Partial').className).toContain('text-warn');
  });

  it('draw what is no series differently from a series', () => {
    const { container } = render(
      <>
        <Swatch colour="var(--series-2)" />
        <Swatch kind="hatch" colour="var(--series-2)" />
        <Swatch kind="gap" />
        <Swatch kind="ghost" />
      </>,
    );
    const [solid, hatch, gap, ghost] = [...container.querySelectorAll('span')];
    expect(solid?.getAttribute('style')).toContain('--series-2');
    expect(hatch?.getAttribute('style')).toBeNull();
    expect(hatch?.className.split(' ')).toContain('hatch');
    expect(gap?.className).toContain('hatch-gap');
    expect(ghost?.className).toContain('border-dashed');
    expect([solid, hatch, gap, ghost].every((sign) => sign?.getAttribute('aria-hidden') === 'true')).toBe(true);
  });

  it('leave out class names that are not there', () => {
    expect(cx('a', false, null, undefined, '', 'b')).toBe('a b');
    expect(cx()).toBe('');
  });
});
