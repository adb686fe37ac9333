import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { DraftFields } from '../../../../src/renderer/features/settings/storage/DraftFields.tsx';
import {
  type DraftProblems,
  EMPTY_DRAFT,
  type StoreDraft,
  TLS_MODES,
} from '../../../../src/renderer/features/settings/storage/store-draft.ts';
import { TestResult } from '../../../../src/renderer/features/settings/storage/TestResult.tsx';
import { testResult } from '../../../fakes/client/store-answers.ts';

function Fields({ first, problems }: { first: StoreDraft; problems: DraftProblems }) {
  const [draft, setDraft] = useState(first);
  return <DraftFields draft={draft} problems={problems} isWhole={false} onChange={setDraft} />;
}
const show = (more: Partial<StoreDraft> = {}, problems: DraftProblems = {}) =>
  render(<Fields first={{ ...EMPTY_DRAFT, ...more }} problems={problems} />);
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

describe('fields of a PostgreSQL', () => {
  it('begin with what is usual, and without a host', () => {
    show();
    expect(['Host', 'Port', 'Database', 'Schema', 'User', 'Password'].map((name) => field(name).value)).toEqual([
      '',
      '5432',
      'podwatt',
      'public',
      'podwatt',
      '',
    ]);
    expect(field('Password').type).toBe('password');
  });

  it.each(TLS_MODES)('say what the TLS mode %s means', (tls) => {
    show({ postgres: { ...EMPTY_DRAFT.postgres, tls } });
    const isChecked = tls.startsWith('verify');
    expect(screen.queryByLabelText('Certificate authority') !== null).toBe(isChecked);
    const words = {
      disable: /Nothing is encrypted/,
      prefer: /Encrypted where the server offers it/,
      require: /Encrypted or not at all/,
      'verify-ca': /from a known authority/,
      'verify-full': /The safest/,
    };
    expect(screen.getByText(words[tls])).toBeTruthy();
  });

  it('keep what was typed while another kind is looked at', async () => {
    show();
    await userEvent.type(field('Host'), 'db');
    await userEvent.click(screen.getByRole('radio', { name: 'SQLite' }));
    expect(screen.queryByLabelText('Host')).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'PostgreSQL' }));
    expect(field('Host').value).toBe('db');
  });

  it('show each problem at its field', () => {
    show({}, { host: 'no host', port: 'no port', database: 'no database', schema: 'no schema' });
    for (const [name, words] of [
      ['Host', 'no host'],
      ['Port', 'no port'],
      ['Database', 'no database'],
      ['Schema', 'no schema'],
    ] as const) {
      const note = document.getElementById(field(name).getAttribute('aria-describedby') ?? '');
      expect(note?.textContent).toBe(words);
    }
  });
});

describe('fields of an Elasticsearch', () => {
  const elastic = (more: Partial<StoreDraft['elasticsearch']> = {}): Partial<StoreDraft> => ({
    kind: 'elasticsearch',
    elasticsearch: { ...EMPTY_DRAFT.elasticsearch, ...more },
  });

  it('ask for what the sign-in needs', async () => {
    show(elastic());
    expect(field('User')).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'API key' }));
    expect(screen.queryByLabelText('User')).toBeNull();
    expect(field('API key').type).toBe('password');
    await userEvent.click(screen.getByRole('radio', { name: 'None' }));
    expect(screen.queryByLabelText('API key')).toBeNull();
  });

  it('name the indices by their prefix as it is typed', async () => {
    show(elastic());
    expect(screen.getByText('podwatt-combined-metrics-…')).toBeTruthy();
    await userEvent.clear(field('Index prefix'));
    expect(screen.getByText('podwatt-combined-metrics-…')).toBeTruthy();
    await userEvent.type(field('Index prefix'), 'green');
    expect(screen.getByText('green-combined-metrics-…')).toBeTruthy();
  });

  it('ask for an authority only where certificates are checked', async () => {
    show(elastic());
    expect(field('Certificate authority')).toBeTruthy();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Check certificates' }));
    expect(screen.queryByLabelText('Certificate authority')).toBeNull();
  });

  it('have no certificates without encryption', () => {
    show(elastic({ url: 'http://localhost:9200' }));
    expect(screen.queryByRole('checkbox', { name: 'Check certificates' })).toBeNull();
    expect(screen.queryByLabelText('Certificate authority')).toBeNull();
  });

  it('show each problem at its field', () => {
    show(elastic(), { url: 'no url', user: 'no user', password: 'no password', prefix: 'no prefix', shards: 'x' });
    for (const words of ['no url', 'no user', 'no password', 'no prefix', 'x']) {
      expect(screen.getByText(words).className).toContain('text-bad');
    }
    expect(field('Shards').getAttribute('aria-invalid')).toBe('true');
    expect(field('Replicas').getAttribute('aria-invalid')).toBeNull();
  });
});

describe('what a test found', () => {
  it('is one line a step, with its state for those who do not see the sign', () => {
    render(<TestResult result={testResult} />);
    const items = within(screen.getByRole('list', { name: 'Test of the connection' })).getAllByRole('listitem');
    expect(items).toHaveLength(5);
    expect(items[0]?.textContent).toContain('Answers, passed');
    expect(items[0]?.textContent).toContain('3 ms');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('writes no latency of 0', () => {
    render(<TestResult result={{ ...testResult, latency_ms: 0.2 }} />);
    expect(screen.getByText('<1 ms')).toBeTruthy();
  });

  it('warns where the store can be used and something is to be known', () => {
    render(
      <TestResult result={{ ...testResult, schema: 'older', problem: 'It will be migrated.', hint: 'Back it up.' }} />,
    );
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('It will be migrated.')).toBeTruthy();
    expect(screen.getByText('Back it up.', { exact: false })).toBeTruthy();
    expect(screen.getByText(/brought up to date when it is used/)).toBeTruthy();
    expect(screen.queryByText('This store can be used.')).toBeNull();
  });

  it('is an alarm where it can not be used', () => {
    render(<TestResult result={{ ...testResult, ok: false, schema: 'newer', problem: 'A newer Podwatt made it.' }} />);
    expect(screen.getByRole('alert').textContent).toContain('A newer Podwatt made it.');
    expect(screen.getByText(/of a newer version of Podwatt; left untouched/)).toBeTruthy();
  });
});
