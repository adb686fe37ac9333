import type { ExplainTerm } from './step.ts';

/** Relative difference up to which two figures are the same. */
export const SAME = 1e-9;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z_]\w*)|(.))/gy;

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string };

/**
 * The value of a formula over its terms: `+ − × ÷` with the usual precedence, brackets, `min(…)` and `max(…)`; `-`, `*`
 * and `/` mean the same. Throws SyntaxError for anything else and for a symbol that no term has.
 */
export function evaluate(formula: string, terms: readonly Pick<ExplainTerm, 'symbol' | 'value'>[]): number {
  const reader = new Reader(tokensOf(formula), new Map(terms.map(({ symbol, value }) => [symbol, value])));
  const value = reader.sum();
  reader.end();
  return value;
}

/** Whether a person with a calculator gets `value`. */
export function reproduces(formula: string, terms: readonly ExplainTerm[], value: number): boolean {
  const computed = evaluate(formula, terms);
  return isSame(computed, value);
}

export function isSame(a: number, b: number): boolean {
  return Number.isFinite(a) && Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}

function tokensOf(formula: string): Token[] {
  return [...formula.trim().matchAll(TOKEN)].map(([, number, name, sign]) => {
    if (number !== undefined) return { kind: 'number', value: Number(number) };
    if (name !== undefined) return { kind: 'name', text: name };
    return { kind: 'sign', text: PLAIN[sign ?? ''] ?? sign ?? '' };
  });
}

const PLAIN: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '−': '-' };

class Reader {
  readonly #tokens: readonly Token[];
  readonly #values: ReadonlyMap<string, number>;
  #at = 0;

  constructor(tokens: readonly Token[], values: ReadonlyMap<string, number>) {
    this.#tokens = tokens;
    this.#values = values;
  }

  sum(): number {
    let value = this.#product();
    for (;;) {
      if (this.#takes('+')) value += this.#product();
      else if (this.#takes('-')) value -= this.#product();
      else return value;
    }
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new SyntaxError(`the formula goes on after its end at ${this.#at}`);
  }

  #product(): number {
    let value = this.#operand();
    for (;;) {
      if (this.#takes('*')) value *= this.#operand();
      else if (this.#takes('/')) value /= this.#operand();
      else return value;
    }
  }

  #operand(): number {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'number') return token.value;
    if (token?.kind === 'name') return this.#named(token.text);
    if (token?.text === '(') return this.#closed(this.sum());
    throw new SyntaxError(`a value is missing at ${this.#at - 1}`);
  }

  #named(name: string): number {
    if (this.#takes('(')) return this.#call(name);
    const value = this.#values.get(name);
    if (value === undefined) throw new SyntaxError(`no term is called ${name}`);
    return value;
  }

  #call(name: string): number {
    const values = [this.sum()];
    while (this.#takes(',')) values.push(this.sum());
    this.#closed(0);
    if (name === 'min') return Math.min(...values);
    if (name === 'max') return Math.max(...values);
    throw new SyntaxError(`no function is called ${name}`);
  }

  #closed(value: number): number {
    if (!this.#takes(')')) throw new SyntaxError(`a bracket is not closed at ${this.#at}`);
    return value;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.#at += 1;
    return true;
  }
}
