import * as z from 'zod';

const Segment = z.union([
  z.string(),
  z.number(),
  z.symbol(),
  z.object({ key: z.union([z.string(), z.number(), z.symbol()]) }),
]);

/** What zod adds to a Standard Schema issue, as far as a better sentence can be made of it. */
const Issue = z.object({
  message: z.string(),
  path: z.array(Segment).optional(),
  code: z.string().optional(),
  format: z.string().optional(),
  values: z.array(z.unknown()).optional(),
  errors: z
    .array(z.array(z.object({ values: z.array(z.unknown()).optional(), expected: z.string().optional() })))
    .optional(),
});
type Issue = z.infer<typeof Issue>;

/** One sentence for all issues of a refused input: each names its field and the forms that work. */
export function describeIssues(issues: readonly unknown[]): string {
  const sentences = issues.map((raw) => {
    const issue = Issue.safeParse(raw);
    return issue.success ? describeIssue(issue.data) : 'The input is not valid';
  });
  return [...new Set(sentences)].join('; ');
}

function describeIssue(issue: Issue): string {
  const name = (issue.path ?? []).map(segmentText).join('.');
  const forms = formsOf(issue);
  if (forms !== null) return `${name === '' ? 'The input' : name} takes ${forms}`;
  if (name === '' || issue.message.startsWith(`${name} `)) return issue.message;
  return `${name}: ${issue.message}`;
}

function formsOf(issue: Issue): string | null {
  if (issue.code === 'invalid_format' && issue.format === 'datetime') {
    return 'an ISO-8601 instant with Z or an offset, for example 2026-01-31T00:00:00Z';
  }
  if (issue.code === 'invalid_value' && issue.values !== undefined) return oneOf(issue.values);
  if (
    issue.code === 'invalid_union' &&
    (issue.errors ?? []).flat().some((each) => each.expected === 'stringbool' || each.expected === 'boolean')
  ) {
    return 'true or false';
  }
  return null;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function segmentText(segment: z.infer<typeof Segment>): string {
  return String(typeof segment === 'object' ? segment.key : segment);
}
