import { describe, expect, test } from 'vitest';
import type { ExplainStep, ExplainTerm } from '../../../../src/contract/schemas/explain.ts';
import { explanationText } from '../../../../src/renderer/features/explain/explain-text.ts';
import {
  formulaPieces,
  knownOf,
  knownOfTerm,
  sourcesOf,
  sourceWords,
  takesAnyUnit,
} from '../../../../src/renderer/features/explain/formula.ts';
import { explanation, steps } from '../../../fakes/client/explain-answers.ts';

const term = (symbol: string, value = 1, more: Partial<ExplainTerm> = {}): ExplainTerm => ({
  symbol,
  name: symbol,
  value,
  unit: '',
  source: 'a table',
  known: 'measured',
  at: null,
  ...more,
});
const step = (formula: string, terms: ExplainTerm[], more: Partial<ExplainStep> = {}): ExplainStep => ({
  id: 'x',
  title: 'X',
  value: 1,
  low: null,
  high: null,
  unit: '',
  formula,
  terms,
  note: null,
  ...more,
});
const put = (formula: string, ...terms: ExplainTerm[]): string =>
  formulaPieces({ formula, terms })
    .map((piece) => (piece.kind === 'words' ? piece.text : `<${piece.term.value}>`))
    .join('');

describe('a formula with its values', () => {
  test.each([
    ['E × PUE', [term('E', 5), term('PUE', 1.2)], '<5> × <1.2>'],
    ['E + E_IT', [term('E', 5), term('E_IT', 7)], '<5> + <7>'],
    ['u × (u_to − u)', [term('u', 1), term('u_to', 2)], '<1> × (<2> − <1>)'],
    [
      'max(0, power − p0) × existed ÷ 3600000',
      [term('power', 9), term('p0', 4), term('existed', 300)],
      'max(0, <9> − <4>) × <300> ÷ 3600000',
    ],
    ['a.b × a', [term('a', 1), term('a.b', 2)], '<2> × <1>'],
    ['Σ G × η', [term('G', 1), term('η', 2)], 'Σ <1> × <2>'],
    ['no symbol here', [term('z', 1)], 'no symbol here'],
  ])('%s', (formula, terms, wanted) => expect(put(formula, ...terms)).toBe(wanted));

  test('places are all different, also where a symbol stands twice', () => {
    const places = formulaPieces({ formula: 'u + u + u', terms: [term('u')] }).map((piece) => piece.at);
    expect(new Set(places).size).toBe(places.length);
  });

  test('without terms it stays as it is', () => {
    expect(put('as recorded')).toBe('as recorded');
  });

  test('values may change their unit only where no number counts on it', () => {
    const pieces = (formula: string) => formulaPieces({ formula, terms: [term('E'), term('p0')] });
    expect(takesAnyUnit(pieces('E × p0'))).toBe(true);
    expect(takesAnyUnit(pieces('E ÷ 3600000'))).toBe(false);
    expect(takesAnyUnit(pieces('max(0, E − p0)'))).toBe(false);
  });
});

describe('how a step is known', () => {
  const below = step('p × s', [term('p', 1, { known: 'default' })], { id: 'power', title: 'Power' });
  const middle = step('power × t', [term('power', 1, { source: 'Step "Power"', known: 'modelled' })], {
    id: 'energy-of-node',
    title: 'Energy of the node',
  });
  const top = step('a + b', [term('a')], { id: 'carbon', title: 'Carbon' });
  const answer = { steps: [top, middle, below], quality: { measured: 0.6, modelled: 0.3, default: 0.1 } };

  test('a product is as weak as the weakest step below it', () => {
    expect(knownOf(below, answer)).toBe('default');
    expect(knownOf(middle, answer)).toBe('default');
  });

  test('a sum takes the mark of its largest share', () => {
    expect(knownOf(top, answer)).toBe('measured');
  });

  test('a value that a person set is marked as theirs, unless something weaker is in it', () => {
    const own = step('a × b', [term('a', 1, { known: 'person' }), term('b')]);
    expect(knownOf(own, answer)).toBe('person');
    expect(knownOf(step('x', [...own.terms, term('c', 1, { known: 'modelled' })]), answer)).toBe('modelled');
  });

  test('steps that name each other end', () => {
    const one = step('b', [term('b', 1, { source: 'Step "B"' })], { title: 'A' });
    const two = step('a', [term('a', 1, { source: 'Step "A"', known: 'modelled' })], { title: 'B' });
    expect(knownOf(one, { steps: [one, two], quality: answer.quality })).toBe('modelled');
  });

  test('a term that no step gives is as it says', () => {
    expect(knownOfTerm(term('a', 1, { known: 'person' }), answer)).toBe('person');
    expect(knownOf(step('x', []), answer)).toBeNull();
  });
});

describe('sources', () => {
  test('are each named once; steps are left to their numbers', () => {
    const [carbon, operational] = [steps[0]!, steps[1]!];
    expect(sourcesOf(carbon, steps)).toBe('From steps 2 and 6');
    expect(sourcesOf(operational, steps)).toBe('Electricity Maps v3, IE');
    expect(sourcesOf(step('a', [term('a'), term('b')]), steps)).toBe('a table');
    expect(sourceWords(operational.terms[0]!, steps)).toBe('step 3');
  });

  test('a step that is not in the answer keeps its own words', () => {
    expect(sourceWords(term('a', 1, { source: 'Step "Elsewhere"' }), steps)).toBe('Step "Elsewhere"');
    expect(sourcesOf(step('', []), steps)).toBe('');
  });
});

describe('as text', () => {
  const text = explanationText(explanation);

  test('holds every number with all its digits', () => {
    for (const { terms, value } of explanation.steps) {
      expect(text).toContain(String(value));
      for (const each of terms) if (each.value !== null) expect(text).toContain(String(each.value));
    }
  });

  test('reads from the figure down, with formula, values, how known and source', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe('Carbon of prod-eu-west-1');
    expect(text).toContain('   E_IT × PUE\n   = 348600000.5 J × 1.2\n');
    expect(text).toContain('PUE: 1.2, Power usage effectiveness (default; Default of the provider, table of 2025)');
    expect(text).toContain('s: not known, Scale to the node’s vCPU (set by a person; Set for this node)');
    expect(text).toContain('- PUE of eu-west-1, default 1.20 on 14 of 14 nodes: 44 %');
    expect(text).toContain('Energy: 31 % measured, 68 % modelled, 1.0 % by default');
    expect(text).toContain('Calculation version 2.0.0');
  });

  test('says so where several versions of the method are in a figure', () => {
    expect(explanationText({ ...explanation, calculation_version: null })).toContain('Several calculation versions');
  });
});
