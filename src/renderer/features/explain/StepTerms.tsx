import type { ExplainStep, Explanation } from '../../../contract/schemas/explain.ts';
import { useView } from '../../app/view/use-view.ts';
import { exactAnswered } from '../../format/answered.ts';
import { joinParts } from '../../format/parts.ts';
import { formatMoment } from '../../format/time.ts';
import { Mark } from '../../ui/Mark.tsx';
import { knownOfTerm, sourceWords } from './formula.ts';

interface Props {
  readonly step: ExplainStep;
  readonly answer: Pick<Explanation, 'steps' | 'quality'>;
}

/** Every value of a step with all digits, how it is known and where it comes from. */
export function StepTerms({ step, answer }: Props) {
  const { tz } = useView();
  return (
    <dl
      className="mt-1 flex flex-col gap-1.5 border-l border-line py-1 pl-2.5 text-small"
      aria-label={`Values of ${step.title}`}
    >
      {step.terms.map((term) => (
        <div key={`${term.symbol} ${term.name}`}>
          <dt className="flex items-center gap-1.5">
            <Mark certainty={knownOfTerm(term, answer)} />
            <span className="min-w-0 truncate">
              {term.name}
              {term.symbol !== term.name && <span className="text-fg-3"> {term.symbol}</span>}
            </span>
          </dt>
          <dd className="flex flex-wrap justify-between gap-x-3 pl-[18px] text-fg-3">
            <span className="min-w-0 break-words">
              {sourceWords(term, answer.steps)}
              {term.at !== null && `, of ${formatMoment(term.at, tz)}`}
            </span>
            <span className="ml-auto text-fg-1 tabular-nums" data-value="">
              {joinParts(exactAnswered(term.value, term.unit))}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
