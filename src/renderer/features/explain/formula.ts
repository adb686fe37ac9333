import type { ExplainStep, ExplainTerm, Explanation } from '../../../contract/schemas/explain.ts';
import { certaintyOf, type Marked } from '../../ui/Mark.tsx';

type Chain = Pick<Explanation, 'steps' | 'quality'>;

type Piece =
  | { readonly kind: 'words'; readonly at: number; readonly text: string }
  | { readonly kind: 'term'; readonly at: number; readonly term: ExplainTerm };

/** A formula in pieces: its symbols as the terms they stand for, what is between them as it is, `at` where each begins. */
export function formulaPieces({ formula, terms }: Pick<ExplainStep, 'formula' | 'terms'>): Piece[] {
  const bySymbol = new Map(terms.map((term) => [term.symbol, term]));
  // Longest first: `E` must not be found in `E_IT`.
  const symbols = [...bySymbol.keys()].filter((symbol) => symbol !== '').toSorted((a, b) => b.length - a.length);
  if (symbols.length === 0) return [{ kind: 'words', at: 0, text: formula }];
  const any = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${symbols.map(literal).join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of formula.matchAll(any)) {
    const term = bySymbol.get(found[0]);
    if (term === undefined) continue;
    if (found.index > end) pieces.push({ kind: 'words', at: end, text: formula.slice(end, found.index) });
    pieces.push({ kind: 'term', at: found.index, term });
    end = found.index + found[0].length;
  }
  if (end < formula.length) pieces.push({ kind: 'words', at: end, text: formula.slice(end) });
  return pieces;
}

const literal = (symbol: string): string => symbol.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

const STEP = /^Step "(.+)"$/u;

/** Place (from 1) of the step that gives a term's value; null for a term that was read somewhere. */
export function stepOfTerm({ source }: Pick<ExplainTerm, 'source'>, steps: readonly ExplainStep[]): number | null {
  const title = STEP.exec(source)?.[1];
  const index = title === undefined ? -1 : steps.findIndex((step) => step.title === title);
  return index < 0 ? null : index + 1;
}

/** Where a term's value comes from, in words: `step 3`, or its table, service, meter or setting. */
export function sourceWords(term: ExplainTerm, steps: readonly ExplainStep[]): string {
  const place = stepOfTerm(term, steps);
  return place === null ? term.source : `step ${place}`;
}

/** Where a step's values come from, each source once; of values that only other steps give, which those are. */
export function sourcesOf({ terms }: Pick<ExplainStep, 'terms'>, steps: readonly ExplainStep[]): string {
  const read = terms.filter((term) => stepOfTerm(term, steps) === null && term.source !== '');
  if (read.length > 0) return [...new Set(read.map((term) => term.source))].join(', ');
  const places = [...new Set(terms.map((term) => stepOfTerm(term, steps)).filter((place) => place !== null))];
  if (places.length < 2) return places.length === 0 ? '' : `From step ${places[0]}`;
  return `From steps ${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
}

const WEAKEST_FIRST: readonly Marked[] = ['default', 'modelled', 'person', 'measured'];

/** Sums over nodes and hours: what most of them is counts, and that is what the quality of the answer says. */
const SUMS = new Set(['carbon', 'it-energy', 'energy']);

/** A product is known no better than the weakest of its values, those of its steps among them; a sum as most of it is. */
export function knownOf(step: ExplainStep, answer: Chain, above: readonly ExplainStep[] = []): Marked | null {
  if (SUMS.has(step.id)) return certaintyOf(answer.quality);
  const marks = step.terms.map((term) => knownOfTerm(term, answer, [...above, step]));
  return WEAKEST_FIRST.find((known) => marks.includes(known)) ?? null;
}

/** How a term is known: as its step is, where one gives it. `above` are the steps that led here. */
export function knownOfTerm(term: ExplainTerm, answer: Chain, above: readonly ExplainStep[] = []): Marked {
  const place = stepOfTerm(term, answer.steps);
  const below = place === null ? undefined : answer.steps[place - 1];
  if (below === undefined || above.includes(below)) return term.known;
  return knownOf(below, answer, above) ?? term.known;
}

/** Whether values may be written in any unit of their kind; a number in a formula is for the units of its terms. */
export function takesAnyUnit(pieces: readonly Piece[]): boolean {
  return !pieces.some((piece) => piece.kind === 'words' && /\d/u.test(piece.text));
}
