import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CliDeps } from '../../../../src/cli/cli-deps.ts';
import { addReportCommands } from '../../../../src/cli/report-program.ts';
import { ExportInput, ReportInput } from '../../../../src/contract/schemas/reports.ts';
import { parseSearchText, writeSearchText } from '../../../../src/renderer/app/view/search-text.ts';
import { reportCommand } from '../../../../src/renderer/features/reports/report-command.ts';
import {
  FILTERS,
  filterProblem,
  ReportSearch,
  reportRequest,
} from '../../../../src/renderer/features/reports/report-search.ts';
import { apiCall } from '../../../../src/renderer/figures/api-call.ts';

const LAST = { tz: 'UTC', last: '7d' };
const BETWEEN = { tz: 'Europe/Paris', start: '2026-11-01T00:00:00Z', end: '2026-11-08T00:00:00+01:00', cluster: 'c1' };
const SEARCHES: readonly ReportSearch[] = [
  {},
  { group: 'pod', every: 'hourly' },
  { group: 'workload', every: 'yearly', namespace: 'search' },
  { workload: 'Deployment/query-api', team: "Ada's team" },
  { pod: 'a-1', node: 'ip-10-0-0-1.eu', team: 'R&D = all' },
  { aggregate: '0', namespace: 'search' },
];
const CASES = SEARCHES.flatMap((search) => [LAST, BETWEEN].map((view) => [view, search] as const));

/** The words of a command as a POSIX shell passes them on. */
function shellWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let isEscaped = false;
  for (const sign of line) {
    if (isEscaped) {
      word += sign;
      isEscaped = false;
    } else if (sign === "'") isOpen = !isOpen;
    else if (sign === '\\' && !isOpen) isEscaped = true;
    else if (sign === ' ' && !isOpen) {
      words.push(word);
      word = '';
    } else word += sign;
  }
  return [...words, word];
}

/** What the real commands read from the words; nothing is run. */
function parsed(line: string): { name: string; options: Record<string, unknown> } {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addReportCommands(program, {} as CliDeps);
  let seen: { name: string; options: Record<string, unknown> } | null = null;
  for (const command of program.commands) {
    command.exitOverride();
    command.action(() => {
      seen = { name: command.name(), options: command.opts() };
    });
  }
  const [program_, ...words] = shellWords(line);
  expect(program_).toBe('podwatt');
  program.parse(words, { from: 'user' });
  if (seen === null) throw new Error('no command ran');
  return seen;
}

describe('the address of the page', () => {
  it.each(SEARCHES.map((search) => [search]))('%o comes back as it was written', (search) => {
    expect(ReportSearch.parse(parseSearchText(writeSearchText({ ...search })))).toEqual(search);
  });

  it.each([
    ['group', 'namespace'],
    ['group', 'node'],
    ['every', 'minutely'],
    ['aggregate', '1'],
    ['namespace', ''],
    ['team', 't'.repeat(301)],
    ['savings', 'carbon'],
  ])('%s=%s is as if left out', (key, value) => {
    expect(ReportSearch.parse({ every: 'weekly', ...{ [key]: value } })).toEqual(
      expect.objectContaining(key === 'every' ? {} : { every: 'weekly', [key]: undefined }),
    );
  });
});

describe('the request', () => {
  it.each(CASES)('is taken by the operation as it is: %o %o', (view, search) => {
    const request = reportRequest(view, search);
    expect(ReportInput.parse(request)).toMatchObject(request);
  });

  it('has a filter only where one is set', () => {
    expect(Object.keys(reportRequest(LAST, {})).sort()).toEqual(['aggregate', 'granularity', 'group_by', 'last', 'tz']);
    for (const field of FILTERS) expect(reportRequest(LAST, { [field]: 'a/b' })).toHaveProperty(field, 'a/b');
  });
});

describe('the API call', () => {
  it.each(CASES)('asks for the same as the page: %o %o', (view, search) => {
    const request = reportRequest(view, search);
    const call = apiCall('http://127.0.0.1:8700', '/report/export', { ...request, format: 'csv' });
    const [curl, address] = shellWords(call);
    expect(curl).toBe('curl');
    const url = new URL(address ?? '');
    expect(url.pathname).toBe('/api/v1/report/export');
    // Read as the server reads it: all are texts.
    expect(ExportInput.parse(Object.fromEntries(url.searchParams))).toMatchObject({ ...request, format: 'csv' });
  });
});

describe('the command', () => {
  it.each(CASES)('asks for the same as the page: %o %o', (view, search) => {
    const request = reportRequest(view, search);
    const { name, options } = parsed(reportCommand(request));
    const { groupBy, granularity, format: _format, aggregate, tz = 'UTC', ...rest } = options;
    expect({ ...rest, tz, group_by: groupBy, granularity, aggregate: aggregate ?? true }).toEqual(request);
    expect(name).toBe(request.aggregate ? 'report' : 'export');
  });

  it('row by row is an export, because a report adds up', () => {
    expect(reportCommand(reportRequest(LAST, { aggregate: '0' }))).toBe(
      'podwatt export --last 7d --group-by namespace --granularity daily --no-aggregate',
    );
  });

  it.each(['csv', 'json'] as const)('as %s', (format) => {
    expect(parsed(reportCommand(reportRequest(LAST, {}), format)).options).toMatchObject({ format });
  });
});

describe('a filter', () => {
  it.each([
    ['namespace', 'search', null],
    ['namespace', '', 'A name'],
    ['team', '   ', 'A name'],
    ['workload', 'Deployment/cart', null],
    ['workload', ' Deployment/cart ', null],
    ['workload', 'cart', 'Kind/name, for example Deployment/cart'],
    ['workload', 'Deployment/', 'Kind/name, for example Deployment/cart'],
    ['workload', '/cart', 'Kind/name, for example Deployment/cart'],
    ['workload', 'apps/Deployment/cart', 'Kind/name, for example Deployment/cart'],
    ['pod', 'a/b', null],
  ] as const)('%s "%s": %s', (field, value, problem) => {
    expect(filterProblem(field, value)).toBe(problem);
  });
});
