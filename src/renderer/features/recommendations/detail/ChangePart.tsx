import { useState } from 'react';
import { CopyButton } from '../../../figures/CopyButton.tsx';
import { cx } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { valueName, valueText } from '../actual-values.ts';
import type { Detail } from '../lifecycle.ts';

type Form = 'yaml' | 'kubectl' | 'helm';
/** What scrolls takes the focus, so that the arrow keys move it. */
const SCROLLS = { tabIndex: 0 } as const;

/** The change itself, to copy: as a diff, as commands, as values of the chart. */
export function ChangePart({ detail }: { detail: Detail }) {
  const [form, setForm] = useState<Form>('yaml');
  const { change } = detail;
  if (change === null) return <Values detail={detail} />;
  const options = [
    { value: 'yaml' as const, label: 'YAML', text: change.patch_yaml },
    { value: 'kubectl' as const, label: 'kubectl', text: change.kubectl },
    { value: 'helm' as const, label: 'Helm', text: change.helm_values_yaml ?? '' },
  ].filter((option) => option.text !== '');
  const [first] = options;
  if (first === undefined) return <Values detail={detail} />;
  const { value: shown, label, text } = options.find(({ value }) => value === form) ?? first;
  return (
    <div className="shrink-0">
      <div className="overflow-hidden rounded-2 border border-line">
        <div className="flex h-8 items-center gap-2 border-b border-line bg-surface-2 pr-1 pl-1">
          <Segmented label="Form of the change" value={shown} options={options} onChange={setForm} />
          <span className="flex-1" />
          <CopyButton label="Copy" text={() => text} />
        </div>
        <section
          aria-label={`The change, ${label}`}
          className="max-h-70 overflow-auto py-1.5 font-mono text-small leading-[18px]"
          {...SCROLLS}
        >
          {shown === 'yaml' && change.diff.length > 0 ? (
            numbered(change.diff).map(({ number, ...line }) => <DiffLine key={number} {...line} />)
          ) : (
            <pre className="w-max min-w-full px-3">{text}</pre>
          )}
        </section>
      </div>
      {change.cautions.length > 0 && (
        <ul className="mt-2 flex list-disc flex-col gap-0.5 pl-4 text-small text-fg-2">
          {change.cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Lines may repeat, so each is known by its number. */
const numbered = <T extends object>(lines: readonly T[]): (T & { number: number })[] =>
  lines.map((line, index) => ({ ...line, number: index + 1 }));

const SIGN_WORDS = { '-': 'removed', '+': 'added', ' ': null } as const;

function DiffLine({ sign, text }: { sign: '-' | '+' | ' '; text: string }) {
  const word = SIGN_WORDS[sign];
  return (
    <div
      className={cx(
        'flex w-max min-w-full gap-2 px-3 whitespace-pre',
        sign === '-' ? 'bg-bad-soft' : sign === '+' ? 'bg-good-soft' : 'text-fg-2',
      )}
    >
      <span aria-hidden="true" className={cx('w-2', sign === '-' && 'text-bad', sign === '+' && 'text-good')}>
        {sign}
      </span>
      {word !== null && <span className="sr-only">{word}: </span>}
      <span>{text}</span>
    </div>
  );
}

/** Where nothing can be written down as a change: what is, and what would do. */
function Values({ detail }: { detail: Detail }) {
  const rows = Object.entries(detail.recommended).filter(([, value]) => value !== null);
  if (rows.length === 0) return null;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-2 border border-line px-3 py-2 text-small">
      {rows.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-fg-3">{valueName(key)}</dt>
          <dd className="font-medium wrap-anywhere tabular-nums">
            {detail.current[key] === undefined || detail.current[key] === null
              ? valueText(key, value)
              : `${valueText(key, detail.current[key])} → ${valueText(key, value)}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
