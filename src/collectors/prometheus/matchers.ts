import { Failure } from '../../model/failure.ts';

const ONE_MATCHER = /^\s*[a-zA-Z_][a-zA-Z0-9_]*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\\n]|\\.)*"\s*/;

/**
 * Checks text that a person wrote as additional label matchers, for example `cluster="prod",env!="test"`, and answers
 * its matchers in PromQL form. Only matchers pass: braces, functions or a second selector are refused, since the text
 * goes into each query.
 *
 * @throws Failure `bad-input`
 */
export function parseExtraMatchers(text: string | null): readonly string[] {
  const matchers: string[] = [];
  let rest = (text ?? '').trim();
  while (rest !== '') {
    const found = ONE_MATCHER.exec(rest);
    if (found === null) throw badMatchers();
    matchers.push(found[0].trim());
    rest = rest.slice(found[0].length);
    if (rest === '') break;
    if (!rest.startsWith(',')) throw badMatchers();
    rest = rest.slice(1).trim();
  }
  return matchers;
}

function badMatchers(): Failure {
  return new Failure('bad-input', 'The additional label matchers of Prometheus are not valid', {
    hint: 'Write label matchers only, separated by commas, for example cluster="prod",env!="test".',
  });
}

/** Makes selectors that carry the additional matchers of the person. */
export type Select = (metric: string, ...matchers: readonly string[]) => string;

export function createSelect(extraMatchers: readonly string[]): Select {
  return (metric, ...matchers) => {
    const all = [...matchers, ...extraMatchers].filter((matcher) => matcher !== '');
    return all.length === 0 ? metric : `${metric}{${all.join(',')}}`;
  };
}

/** A PromQL string literal. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** A matcher for exactly these values of one label. */
export function oneOf(label: string, values: readonly string[]): string {
  const escaped = values.map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return `${label}=~${quoted(escaped.join('|'))}`;
}
