import { Fragment } from 'react';
import type { ExplainStep, ExplainTerm } from '../../../contract/schemas/explain.ts';
import { exactAnswered, formatAnswered, roundedAnswered } from '../../format/answered.ts';
import { joinParts } from '../../format/parts.ts';
import { formulaPieces, takesAnyUnit } from './formula.ts';

/** A step's formula in its symbols, then the same with the values in their place. */
export function StepFormula({ step, exact }: { readonly step: ExplainStep; readonly exact: boolean }) {
  const pieces = formulaPieces(step);
  const hasTerms = pieces.some((piece) => piece.kind === 'term');
  const write = exact ? exactAnswered : takesAnyUnit(pieces) ? formatAnswered : roundedAnswered;
  return (
    <p className="mt-0.5 rounded-2 bg-surface-2 px-2.5 py-1.5 text-small leading-5 wrap-anywhere text-fg-2 dark:bg-surface-1">
      <span data-formula="">{step.formula}</span>
      {hasTerms && (
        <span data-substituted="" className="tabular-nums">
          {' = '}
          {pieces.map((piece) => (
            <Fragment key={piece.at}>
              {piece.kind === 'words' ? piece.text : <Amount term={piece.term} write={write} />}
            </Fragment>
          ))}
        </span>
      )}
    </p>
  );
}

function Amount({ term, write }: { readonly term: ExplainTerm; readonly write: typeof exactAnswered }) {
  const { value, unit } = write(term.value, term.unit);
  const full = joinParts(exactAnswered(term.value, term.unit));
  return (
    <span className="whitespace-nowrap" title={`${term.name}: ${full}, ${term.source}`}>
      <b className="font-strong text-fg-1">{value}</b>
      {unit !== '' && <span className="ml-0.5">{unit}</span>}
    </span>
  );
}
