import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grams, kilowattHours, money } from '../../../src/cli/output/amounts.ts';
import { formatCollectResult } from '../../../src/cli/output/collect-text.ts';
import { formatContexts } from '../../../src/cli/output/contexts-text.ts';
import { formatReport } from '../../../src/cli/output/report-text.ts';
import { createSink } from '../../../src/cli/output/sink.ts';
import { formatTable, printable } from '../../../src/cli/output/text-table.ts';
import { describeFailure, UsageError } from '../../../src/cli/report-failure.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import type { ReportRow, ReportSummary } from '../../../src/contract/schemas/reports.ts';
import { FAILURE_CODES, Failure } from '../../../src/model/failure.ts';
import { collectResult } from '../../fakes/router/router.ts';

describe('amounts for people', () => {
  it.each([
    [0, '0'],
    [3.6e6, '1.00'],
    [4.5e9, '1250'],
    [36, '0.0000100'],
    [1, '0.000000278'],
  ])('%d J are %s kWh', (joules, text) => {
    expect(kilowattHours(joules)).toBe(text);
  });

  it.each([
    [0, '0'],
    [12.5, '12.5'],
    [0.001234, '0.00123'],
    [999.6, '1000'],
    [1_234_567, '1234567'],
    [1e-15, '0.000000000000'],
  ])('%d g are %s', (value, text) => {
    expect(grams(value)).toBe(text);
  });

  it.each([
    [1234.5, '1234.50'],
    [1, '1.00'],
    [0.3, '0.300'],
    [0.000_012_34, '0.0000123'],
  ])('%d of money is %s', (value, text) => {
    expect(money(value)).toBe(text);
  });

  it('are never written with an exponent', () => {
    for (let power = -12; power < 20; power += 1) expect(grams(1.5 * 10 ** power)).toMatch(/^\d+(\.\d+)?$/);
  });
});

describe('a table', () => {
  it('has its columns aligned, numbers to the right, and no space at the end of a line', () => {
    const rows = [
      { name: 'a', size: '1' },
      { name: 'long-name', size: '100' },
    ];
    const text = formatTable(
      [
        { title: 'NAME', text: (row) => row.name },
        { title: 'SIZE', align: 'right', text: (row) => row.size },
        { title: 'NOTE', text: () => '' },
      ],
      rows,
    );
    expect(text).toBe('NAME       SIZE  NOTE\na             1\nlong-name   100\n');
  });

  it('without rows is its titles', () => {
    expect(formatTable([{ title: 'NAME', text: () => '' }], [])).toBe('NAME\n');
  });

  it('lets no foreign name move the cursor, ring the bell or break a line', () => {
    const nasty = '\u001b[2Jshop\u0007\r\nx\u0000\u009b31m\ttab';
    expect(printable(nasty)).toBe('?[2Jshop???x??31m?tab');
    const text = formatTable([{ title: 'NAME', text: () => nasty }], [null]);
    expect(text.split('\n')).toHaveLength(3);
    expect(printable('naïve 日本 ✓')).toBe('naïve 日本 ✓');
  });
});

const row: ReportRow = {
  period_start: '2026-03-11T00:00:00Z',
  cluster_id: 'c1',
  namespace: 'shop',
  owner_kind: null,
  owner_name: null,
  pod_name: null,
  node: null,
  energy_joules: 3.6e6,
  facility_energy_joules: 4e6,
  co2e_grams: 12.5,
  co2e_low_grams: 10,
  co2e_high_grams: 15,
  embodied_co2e_grams: 2,
  total_cost: 0.3,
  currency: 'EUR',
};
const summary: ReportSummary = {
  row_count: 1,
  preview: [],
  total_co2e_grams: 12.5,
  total_embodied_co2e_grams: 2,
  total_energy_joules: 3.6e6,
  total_cost: 0.3,
  currency: 'EUR',
  period: { start: '2026-03-10T00:00:00Z', end: '2026-03-11T00:00:00Z' },
};

describe('a report', () => {
  it('shows the columns that hold something, the currency, and the totals below', () => {
    const lines = formatReport(summary, [row]).split('\n');
    expect(lines[0]).toMatch(/^PERIOD +NAMESPACE +ENERGY kWh +CO2e g +EMBODIED g +COST EUR$/);
    expect(lines[1]).toMatch(/^2026-03-11T00:00:00Z +shop +1\.00 +12\.5 +2\.00 +0\.300$/);
    expect(lines.at(-2)).toBe(
      'Total: 1 rows, 2026-03-10T00:00:00Z to 2026-03-11T00:00:00Z · 1.00 kWh · 12.5 g CO2e · 2.00 g embodied · 0.300 EUR',
    );
  });

  it('names a workload by kind and name, and a bare pod by its name', () => {
    const workload = { ...row, owner_kind: 'Deployment', owner_name: 'cart' };
    expect(formatReport(summary, [workload])).toContain('Deployment/cart');
    const text = formatReport(summary, [{ ...row, pod_name: 'bare', node: 'n1' }]);
    expect(text).toMatch(/NAMESPACE +POD +NODE/);
    expect(text).not.toContain('WORKLOAD');
  });

  it('of nothing says so with zeros', () => {
    const nothing = { ...summary, row_count: 0, total_co2e_grams: 0, total_energy_joules: 0, total_cost: 0 };
    expect(formatReport(nothing, [])).toMatch(/Total: 0 rows,.* · 0 kWh · 0 g CO2e/);
  });

  it('that is no report is not shown', () => {
    expect(() => formatReport(summary, [{ ...row, co2e_grams: 'many' }])).toThrow();
  });
});

describe('what collecting gave', () => {
  it('shows notices with their way out, and guards the terminal', () => {
    const text = formatCollectResult({
      ...collectResult,
      cluster_name: 'evil\u001b[31m',
      notices: [
        { code: 'x', severity: 'warning', message: 'No node metrics', hint: 'Add node-exporter.' },
        { code: 'y', severity: 'info', message: 'Fine', hint: null },
      ],
    });
    expect(text).toContain('warning: No node metrics Add node-exporter.\n');
    expect(text).toContain('info: Fine\n');
    expect(text).not.toContain('\u001b');
  });

  it('without notices ends with its sources', () => {
    expect(formatCollectResult({ ...collectResult, notices: [] })).not.toMatch(/\n\n$/);
  });
});

it('contexts: a problem that names its file does not name it twice', () => {
  const problem = { message: '/k/broken is not valid YAML', hint: 'Correct the file.' };
  const text = formatContexts({ files: [{ path: '/k/broken', problem }], contexts: [] });
  expect(text).toContain('/k/broken is not valid YAML Correct the file.\n');
  expect(text.split('/k/broken')).toHaveLength(2);
});

it('contexts: the current one has a star, and each problem stands below with its name', () => {
  const context = {
    name: 'prod',
    file: '/k',
    cluster_name: 'shop',
    server_url: null,
    user_name: null,
    namespace: null,
    auth_kind: 'exec',
    is_current: true,
    is_sample: false,
    problem: null,
    cluster_id: null,
    collecting: true,
  };
  const broken = { ...context, name: 'old', is_current: false, problem: { message: 'No user', hint: null } };
  const text = formatContexts({ files: [{ path: '/k', problem: null }], contexts: [context, broken] });
  expect(text).toMatch(/^\* +prod +shop +exec +yes$/m);
  expect(text).toMatch(/^ +old/m);
  expect(text).toMatch(/\n\nold: No user\n$/);
  expect(formatContexts({ files: [], contexts: [context] })).not.toContain('\n\n');
});

describe('the words of a failure', () => {
  it.each(FAILURE_CODES)('%s is exit code 1, a sentence and the way out', (code) => {
    expect(describeFailure(new Failure(code, 'It failed', { hint: 'Do this.' }))).toEqual({
      text: 'It failed.\nDo this.\n',
      exitCode: 1,
    });
  });

  it('bad usage is exit code 2', () => {
    expect(describeFailure(new UsageError('Wrong!'))).toEqual({ text: 'Wrong!\n', exitCode: 2 });
  });

  it('a way out is not said twice', () => {
    expect(describeFailure(new Failure('tls', 'Not trusted. Add the CA.', { hint: 'Add the CA.' })).text).toBe(
      'Not trusted. Add the CA.\n',
    );
  });

  it.each([[new Error('password=hunter2')], ['hunter2'], [undefined]])(
    '%s, which nobody foresaw, is not shown',
    (error) => {
      const { text, exitCode } = describeFailure(error);
      expect(text).not.toContain('hunter2');
      expect(text).toContain('PODWATT_LOG_LEVEL=debug');
      expect(exitCode).toBe(1);
    },
  );
});

describe('a file to write to', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podwatt-sink-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const terminal = () => ({ workingDir: folder }) as Terminal;

  it('is there when it is whole, and not before', async () => {
    const sink = await createSink('out.csv', terminal());
    await sink.write('a\n');
    await sink.write('b\n');
    expect(existsSync(join(folder, 'out.csv'))).toBe(false);
    await sink.finish();
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe('a\nb\n');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('leaves nothing where it was given up', async () => {
    const sink = await createSink('out.csv', terminal());
    await sink.write('half');
    await sink.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('two at once do not mix', async () => {
    const sinks = await Promise.all([createSink('out.csv', terminal()), createSink('out.csv', terminal())]);
    await sinks[0].write('first');
    await sinks[1].write('second');
    await sinks[0].finish();
    await sinks[1].finish();
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe('second');
  });
});
