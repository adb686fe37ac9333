import * as z from 'zod';
import { differences } from './compare.ts';
import { REPLAYS } from './replays.ts';

const Examples = z.array(
  z.object({ id: z.string(), title: z.string().default(''), inputs: z.unknown(), expected: z.unknown() }),
);

export interface ReplayReport {
  readonly passed: number;
  readonly failed: number;
  /** What to print, the count last. */
  readonly lines: readonly string[];
}

/** Replays examples `[{id, title, inputs, expected}]`; an id without a replay is a failure. Throws on another shape. */
export function replayExamples(content: unknown): ReplayReport {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const example of Examples.parse(content)) {
    const problems = problemsOf(example);
    if (problems.length === 0) passed += 1;
    else {
      failed += 1;
      lines.push(`FAILED ${example.id} (${example.title})`, ...problems.map((problem) => `  ${problem}`));
    }
  }
  lines.push(`${passed} passed, ${failed} failed`);
  return { passed, failed, lines };
}

function problemsOf(example: z.infer<typeof Examples>[number]): string[] {
  const replay = Object.hasOwn(REPLAYS, example.id) ? REPLAYS[example.id] : undefined;
  if (replay === undefined) return ['no replay has this id'];
  try {
    return differences(example.expected, replay(example.inputs));
  } catch (error) {
    return [`could not be replayed: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`];
  }
}
