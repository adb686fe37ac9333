import type { reportRequest } from './report-search.ts';

type Request = ReturnType<typeof reportRequest>;

/** What a shell leaves alone. */
const PLAIN = /^[\w./:@-]+$/;
const quoted = (value: string): string => (PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);

/** The same report as a command, ready to paste. */
export function reportCommand(request: Request, format: 'table' | 'csv' | 'json' = 'table'): string {
  const options: readonly (readonly [string, string | undefined])[] = [
    ['--last', request.last],
    ['--start', request.start],
    ['--end', request.end],
    ['--tz', request.tz === 'UTC' ? undefined : request.tz],
    ['--cluster', request.cluster],
    ['--namespace', request.namespace],
    ['--workload', request.workload],
    ['--pod', request.pod],
    ['--node', request.node],
    ['--team', request.team],
    ['--group-by', request.group_by],
    ['--granularity', request.granularity],
    ['--format', format === 'table' ? undefined : format],
  ];
  const words = options.flatMap(([name, value]) => (value === undefined ? [] : [name, quoted(value)]));
  // Row by row there is no table: the rows are exported.
  return request.aggregate
    ? ['podwatt report', ...words].join(' ')
    : ['podwatt export', ...words, '--no-aggregate'].join(' ');
}
