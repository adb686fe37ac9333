import { describe, expect, it } from 'vitest';
import { byteSize } from '../../../src/cli/output/amounts.ts';
import { progressLine } from '../../../src/cli/output/progress-line.ts';
import {
  formatMaintenance,
  formatStoreCheck,
  formatStoreStatus,
  formatStoreTest,
} from '../../../src/cli/output/store-text.ts';
import type { StoreTestResult } from '../../../src/contract/schemas/store.ts';
import { answers, storeStatus } from '../../fakes/router/answers.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [12_345_678, '12.3 MB'],
    [3.2e9, '3.20 GB'],
    [4.5e15, '4500 TB'],
  ])('of %d bytes are %s', (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });
});

describe('the state of a store', () => {
  it('has its size, growth and tables', () => {
    const text = formatStoreStatus(storeStatus);
    expect(text).toContain(
      'store     /data/podwatt.sqlite\nserver    SQLite 3.51.0\nstate     up, since 2026-11-21T08:00:00Z\n',
    );
    expect(text).toContain('size      12.3 MB\ngrowth    5760 rows a day, 1.50 MB\n');
    expect(text).toMatch(/TABLE +ROWS +SIZE +OLDEST +NEWEST\ncombined_metrics +40320 +9\.00 MB +2026-11-14T08:00:00Z/);
    expect(text).not.toContain('waiting');
    expect(text).not.toContain('problem');
  });

  it('says what is wrong, what waits and who holds clusters while it is away', () => {
    const text = formatStoreStatus({
      ...storeStatus,
      state: 'away',
      problem: 'The server does not answer',
      hint: 'Start it.',
      next_try_at: '2026-11-21T08:01:00Z',
      server_version: null,
      size_bytes: null,
      tables: null,
      rows_per_day: null,
      bytes_per_day: null,
      spool: { windows: 7, oldest: '2026-11-21T07:00:00Z' },
      leases: [
        { cluster_id: 'c1', cluster_name: 'prod\u001b[31m', holder: 'host-b (12)', is_own: false, expires_at: 'soon' },
      ],
      last_maintenance: null,
    });
    expect(text).toBe(
      [
        'store     /data/podwatt.sqlite',
        'state     away: it can not be reached, since 2026-11-21T08:00:00Z',
        'problem   The server does not answer. Start it.',
        'last good 2026-11-21T08:00:00Z',
        'next try  2026-11-21T08:01:00Z',
        'waiting   7 windows, the oldest of 2026-11-21T07:00:00Z',
        'lease     prod?[31m: host-b (12), until soon',
        '',
      ].join('\n'),
    );
  });
});

describe('a test of the connection', () => {
  const good: StoreTestResult = answers.store.test;

  it('tells latency, version and schema', () => {
    expect(formatStoreTest(good)).toBe(
      'store     /data/podwatt.sqlite\nserver    SQLite 3.51.0\nlatency   0.3 ms\nschema    of this version\nresult    ok\n',
    );
  });

  it('names missing rights and what to do', () => {
    const text = formatStoreTest({
      ...good,
      ok: false,
      read_only: true,
      missing_rights: ['CREATE on schema public', 'INSERT'],
      problem: 'Rights are missing',
      hint: 'Grant them.',
    });
    expect(text).toContain('rights    missing: CREATE on schema public, INSERT\naccess    read-only\n');
    expect(text).toContain('result    Rights are missing. Grant them.\n');
  });
});

describe('a check', () => {
  it('lists every problem', () => {
    const check = { location: '/x', serverVersion: null, problems: [] };
    expect(formatStoreCheck(check)).toContain('result    ok\n');
    const bad = formatStoreCheck({
      ...check,
      problems: [
        { table: 'ledger', what: 'a row is missing' },
        { table: '', what: 'unreadable' },
      ],
    });
    expect(bad).toContain('result    2 problems\n\nledger: a row is missing\nunreadable\n');
  });
});

describe('a maintenance', () => {
  it('tells what went, and why it ended early', () => {
    expect(formatMaintenance(answers.store.maintain)).toContain(
      'removed   5000 rows, 12 pod hours, 3 hours, 1 pod days',
    );
    expect(formatMaintenance({ ...answers.store.maintain, problem: 'stopped' })).toContain('problem   stopped');
  });
});

describe('a line of progress', () => {
  it('is drawn over itself where somebody watches, else not at all', () => {
    const written: string[] = [];
    const terminal = {
      env: {},
      workingDir: '/',
      isInteractive: true,
      write: async () => undefined,
      writeError: (text: string) => void written.push(text),
      stopSignal: new AbortController().signal,
    };
    const line = progressLine(terminal);
    line.show('one');
    line.clear();
    progressLine({ ...terminal, isInteractive: false }).show('two');
    expect(written).toEqual(['\r\u001b[Kone', '\r\u001b[K']);
  });
});
