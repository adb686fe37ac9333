import type { Contexts } from '../../contract/schemas/contexts.ts';
import { formatTable, printable } from './text-table.ts';

/** Contexts as a table, then the files and contexts that can't be used, with the reason. */
export function formatContexts(found: Contexts): string {
  const table = formatTable(
    [
      { title: '', text: (context) => (context.is_current ? '*' : '') },
      { title: 'NAME', text: (context) => context.name },
      { title: 'CLUSTER', text: (context) => context.cluster_name },
      { title: 'SERVER', text: (context) => context.server_url ?? '' },
      { title: 'SIGN-IN', text: (context) => context.auth_kind },
      { title: 'COLLECTING', text: (context) => (context.collecting ? 'yes' : 'no') },
    ],
    found.contexts,
  );
  const problems = [
    ...found.files.map((file) => ({ name: file.path, problem: file.problem })),
    ...found.contexts.map((context) => ({ name: context.name, problem: context.problem })),
  ];
  const lines = problems.flatMap(({ name, problem }) => {
    if (problem === null) return [];
    const named = problem.message.includes(name) ? problem.message : `${name}: ${problem.message}`;
    return [`${printable(named)}${problem.hint === null ? '' : ` ${printable(problem.hint)}`}\n`];
  });
  return lines.length === 0 ? table : `${table}\n${lines.join('')}`;
}
