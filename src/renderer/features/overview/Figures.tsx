import type { Summary } from '../../../contract/schemas/metrics.ts';
import { failureOf, isStoreAway } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Figure, FigureStrip } from '../../ui/Figure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { GridScale } from './GridScale.tsx';
import { type Headline, type HeadlineKey, headlines } from './headline.ts';

const LABELS: readonly (readonly [HeadlineKey, string])[] = [
  ['carbon', 'Carbon'],
  ['energy', 'Energy'],
  ['cost', 'Cost'],
  ['grid', 'Grid'],
  ['unallocated', 'Unallocated'],
];

interface Props {
  readonly summary: Summary | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** How much: five figures, each with its range, its certainty and its change. */
export function Figures({ summary, error, onRetry }: Props) {
  if (summary === undefined && error !== null) {
    return (
      <section
        aria-label="Figures"
        className="flex min-h-25 items-center rounded-3 border border-line bg-surface-1 px-4 shadow-1"
      >
        <Notice
          tone={isStoreAway(error) ? 'quiet' : 'bad'}
          className="flex-1"
          action={<Button onClick={onRetry}>Try again</Button>}
        >
          <span className="font-medium">{failureOf(error).message}.</span> {failureOf(error).hint}
        </Notice>
      </section>
    );
  }
  const known = summary === undefined ? null : headlines(summary);
  return (
    <FigureStrip label="Figures">
      {LABELS.map(([key, label]) =>
        known === null ? (
          <Figure key={key} label={label} parts={null} />
        ) : (
          <Shown key={key} name={key} headline={known[key]} />
        ),
      )}
    </FigureStrip>
  );
}

function Shown({ name, headline }: { readonly name: HeadlineKey; readonly headline: Headline }) {
  const { label, parts, exact, certainty, range, change, before, detail } = headline;
  const intensity = name === 'grid' && parts.unit !== '' ? Number(parts.value.replace(/,/g, '')) : null;
  return (
    <Figure
      label={label}
      parts={parts}
      exact={exact}
      certainty={certainty}
      range={range}
      change={change}
      {...(before === '' ? {} : { before })}
      detail={
        detail === null && intensity === null ? null : (
          <>
            {intensity !== null && <GridScale intensity={intensity} />}
            {detail !== null && <span className="tabular-nums">{detail}</span>}
          </>
        )
      }
    />
  );
}
