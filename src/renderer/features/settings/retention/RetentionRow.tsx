import { Checkbox } from '../../../ui/Checkbox.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { ReachBar } from './ReachBar.tsx';
import { DEFAULTS, daysOf, LEVEL_NAMES, type Level } from './retention-draft.ts';

/** One level: what it gives, how far back it reaches, and its days. */
export function RetentionRow(props: {
  level: Level;
  value: string | null;
  problem: string | null;
  onChange: (value: string | null) => void;
}) {
  const { level, value } = props;
  const { name, gives } = LEVEL_NAMES[level];
  const usual = DEFAULTS[level];
  const mayStay = usual === null;
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-t border-line px-4 py-3 mid:grid-cols-[minmax(0,1fr)_220px_220px]">
      <div className="min-w-0">
        <div className="font-medium">{name}</div>
        <div className="text-small text-fg-2">{gives}</div>
      </div>
      <ReachBar days={daysOf(value)} hasScale={level === 'raw_days'} />
      <div className="flex flex-col gap-1.5">
        <TextField
          label={`Days of ${name.toLowerCase()}`}
          hideLabel
          value={value ?? ''}
          onChange={props.onChange}
          disabled={value === null}
          placeholder={value === null ? 'for ever' : ''}
          error={props.problem}
          {...(usual === null ? {} : { help: `Default: ${usual}` })}
          suffix="days"
        />
        {mayStay && (
          <Checkbox
            label="For ever, the default"
            checked={value === null}
            onChange={(isForEver) => props.onChange(isForEver ? null : '3650')}
          />
        )}
      </div>
    </div>
  );
}
