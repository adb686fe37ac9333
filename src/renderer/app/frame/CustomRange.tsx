import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { between, boundsOf } from '../view/range.ts';
import type { ViewRange } from '../view/view-search.ts';
import { instantOfWallTime, wallTimeOf } from '../view/wall-time.ts';

const HOUR = 3_600_000;

/** Two moments on the clocks of the chosen zone. */
export function CustomRange(props: { range: ViewRange; tz: string; now: number; onApply: (range: ViewRange) => void }) {
  const [initial] = useState(() => boundsOf(props.range, props.now));
  const [from, setFrom] = useState(() => wallTimeOf(Math.floor(initial.start / HOUR) * HOUR, props.tz));
  const [to, setTo] = useState(() => wallTimeOf(Math.floor(initial.end / HOUR) * HOUR, props.tz));
  const [error, setError] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const start = instantOfWallTime(from, props.tz);
    const end = instantOfWallTime(to, props.tz);
    if (start === null || end === null) return setError('Both ends need a date and a time.');
    if (start >= end) return setError('The end has to be after the start.');
    if (start >= props.now) return setError('The range has to begin in the past.');
    setError(null);
    props.onApply(between(start, end));
  };
  return (
    <form onSubmit={apply} className="mt-1 flex flex-col gap-2 border-t border-line p-2">
      <TextField label="From" type="datetime-local" value={from} onChange={setFrom} />
      <TextField label="To" type="datetime-local" value={to} onChange={setTo} error={error} />
      <Button type="submit" kind="primary" className="self-end">
        Show this range
      </Button>
    </form>
  );
}
