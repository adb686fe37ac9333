import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { ExplainStep, Explanation } from '../../../contract/schemas/explain.ts';
import { exactAnswered, formatAnswered, formatAnsweredRange } from '../../format/answered.ts';
import { joinParts } from '../../format/parts.ts';
import { cx } from '../../ui/class-names.ts';
import { Mark } from '../../ui/Mark.tsx';
import { Value } from '../../ui/Value.tsx';
import { knownOf, sourcesOf } from './formula.ts';
import { StepFormula } from './StepFormula.tsx';
import { StepTerms } from './StepTerms.tsx';

interface Props {
  readonly answer: Pick<Explanation, 'steps' | 'quality'>;
  /** All digits in place of three, and all values in sight. */
  readonly exact: boolean;
  /** Id of the step to bring into sight. */
  readonly wanted: string | undefined;
}

/** The chain from the figure down to what was read, as numbered steps on a line. */
export function ExplainSteps({ answer, exact, wanted }: Props) {
  return (
    <ol aria-label="Steps">
      {answer.steps.map((step, index) => (
        <Step
          key={`${step.id} ${step.title}`}
          answer={answer}
          step={step}
          place={index + 1}
          exact={exact}
          isWanted={step.id === wanted}
        />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly answer: Props['answer'];
  readonly step: ExplainStep;
  readonly place: number;
  readonly exact: boolean;
  readonly isWanted: boolean;
}

const showItself = (item: HTMLLIElement | null): void => item?.scrollIntoView({ block: 'nearest' });

function Step({ answer, step, place, exact, isWanted }: StepProps) {
  const { steps } = answer;
  const last = place === steps.length;
  const [isOpen, setIsOpen] = useState(isWanted);
  const id = useId();
  const shows = isOpen || exact;
  const full = joinParts(exactAnswered(step.value, step.unit));
  const sources = sourcesOf(step, steps);
  return (
    <li
      ref={isWanted ? showItself : null}
      aria-current={isWanted ? 'step' : undefined}
      className={cx(
        'relative pb-3 pl-7',
        !last && 'before:absolute before:top-6 before:bottom-0 before:left-[9px] before:w-px before:bg-line-strong',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'absolute top-0.5 left-0 grid size-[19px] place-items-center rounded-full border text-micro font-medium',
          isWanted ? 'border-ink bg-ink text-inverse' : 'border-line-strong text-fg-2',
        )}
      >
        {place}
      </span>
      <div className="flex min-h-6 items-center gap-2">
        <h3 className="min-w-0 truncate font-medium">{step.title}</h3>
        <Mark certainty={knownOf(step, answer)} />
        <span className="flex-1" />
        <Value
          parts={exact ? exactAnswered(step.value, step.unit) : formatAnswered(step.value, step.unit)}
          exact={full}
          className="font-strong"
        />
      </div>
      <StepFormula step={step} exact={exact} />
      <div className="mt-1 flex items-start gap-1.5 text-micro text-fg-3">
        <span className="min-w-0 flex-1 wrap-anywhere">{step.note ?? sources}</span>
        {step.low !== null && step.high !== null && (
          <span className="whitespace-nowrap tabular-nums">
            {formatAnsweredRange(step.low, step.high, step.unit, step.value)}
          </span>
        )}
        {step.terms.length > 0 && (
          <button
            type="button"
            aria-expanded={shows}
            aria-controls={id}
            aria-label={`Values and sources of ${step.title}`}
            title="Values and sources"
            disabled={exact}
            onClick={() => setIsOpen((before) => !before)}
            className="-my-1 grid size-6 shrink-0 place-items-center rounded-1 hover:bg-hover hover:text-fg-1 disabled:invisible"
          >
            <ChevronDown
              aria-hidden="true"
              strokeWidth={1.75}
              className={cx('size-3.5 transition-transform motion-fast', shows && 'rotate-180')}
            />
          </button>
        )}
      </div>
      <div id={id} hidden={!shows}>
        {shows && <StepTerms step={step} answer={answer} />}
      </div>
    </li>
  );
}
