import { spawnSync } from 'node:child_process';
import * as z from 'zod';

/** Below this the tool has not seen the code: with an unreadable TypeScript it silently sees none. */
const FEWEST_MODULES = 250;

const Report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Who imports whom, by .dependency-cruiser.cjs. Returns why it failed, or null. */
export function directions(): string | null {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'];
  const result = spawnSync('depcruise', args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const { summary } = Report.parse(JSON.parse(result.stdout));
  for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
  console.log(`${summary.totalCruised} modules seen, ${summary.violations.length} violations`);
  if (summary.totalCruised < FEWEST_MODULES) return `only ${summary.totalCruised} modules seen`;
  return summary.violations.length === 0 ? null : `${summary.violations.length} imports against the plan`;
}
