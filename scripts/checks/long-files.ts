import { sourceFiles } from './source-files.ts';

const LONGEST = 500;
const THINK_AGAIN = 300;
const MEDIAN_GOAL = 80;

/** Files that one sitting reads: prints the long ones and the median. Returns why it failed, or null. */
export function longFiles(): string | null {
  const files = sourceFiles('src').sort((one, other) => other.lines - one.lines);
  for (const file of files.filter(({ lines }) => lines > THINK_AGAIN)) console.log(`${file.lines} ${file.path}`);
  const median = files[Math.floor(files.length / 2)]?.lines ?? 0;
  console.log(`${files.length} files in src, median ${median} lines, longest ${files[0]?.lines ?? 0}`);
  const tooLong = [...files, ...sourceFiles('test')].filter(({ lines }) => lines > LONGEST);
  if (tooLong.length > 0) return `over ${LONGEST} lines: ${tooLong.map(({ path }) => path).join(', ')}`;
  return median < MEDIAN_GOAL ? null : `the median of ${median} lines is not below ${MEDIAN_GOAL}`;
}
