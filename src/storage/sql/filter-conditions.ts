import type { ResultFilter } from '../../core/ports/results-store.ts';
import { DICTIONARY, type KeyStyle } from './key-style.ts';
import type { Statement } from './statement.ts';

/** Conditions on the key table `k`, each starting with AND; empty text where nothing is filtered but clusters. */
export function filterConditions(filter: ResultFilter, style: KeyStyle = DICTIONARY): Statement {
  const { parameter, none } = style;
  const conditions: string[] = [];
  const parameters: string[] = [];
  for (const column of ['namespace', 'pod', 'node', 'zone', 'provider'] as const) {
    const value = filter[column];
    if (value === undefined) continue;
    conditions.push(`AND k.${column} = ${parameter}`);
    parameters.push(value);
  }
  if (filter.team !== undefined) {
    // The empty team is the key of pods without one; rows that are no pod answer to their namespace.
    conditions.push('AND CASE WHEN k.row_kind = 0 THEN k.team ELSE k.namespace END =');
    conditions.push(filter.team === '' ? none : parameter);
    if (filter.team !== '') parameters.push(filter.team);
  }
  if (filter.workload !== undefined) {
    const slash = filter.workload.indexOf('/');
    if (slash < 0) {
      conditions.push(`AND k.workload_kind = ${none} AND k.namespace = ${parameter}`);
      parameters.push(filter.workload);
    } else {
      conditions.push(`AND k.workload_kind = ${parameter} AND k.workload_name = ${parameter}`);
      parameters.push(filter.workload.slice(0, slash), filter.workload.slice(slash + 1));
    }
  }
  return { text: conditions.join(' '), parameters };
}
