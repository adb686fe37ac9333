import * as z from 'zod';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';

const TIMEOUT_MILLISECONDS = 8_000;
const MAX_BYTES = 1_048_576;
const MEANWHILE = 'The bundled table and the formula are used meanwhile.';

/** Boavizta's names of the providers that it knows; others are not asked for. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  aws: 'aws',
  azure: 'azure',
  gcp: 'gcp',
  ovh: 'ovhcloud',
  scaleway: 'scaleway',
};

/** A wait that nobody could plan with is cut. */
const LONGEST_WAIT_SECONDS = 86_400;
const MOST_WARNINGS = 3;
const LONGEST_WARNING = 200;

const Answer = z.object({
  /** Of the match: that a similar type was taken. */
  warnings: z.array(z.string()).nullish(),
  impacts: z.object({
    gwp: z.object({
      unit: z.literal('kgCO2eq'),
      embedded: z.object({
        value: z.number().positive(),
        min: z.number().nonnegative(),
        max: z.number().positive(),
      }),
    }),
  }),
});

/** Embodied emissions of a cloud instance over its whole life, with the range that Boavizta gives. */
export interface BoaviztaImpact {
  readonly kilograms: number;
  readonly lowKilograms: number;
  readonly highKilograms: number;
  /** What Boavizta warns of for this type: that it took a similar one. What it says with every answer is left out. */
  readonly warnings: readonly string[];
}

/** Boavizta asks for patience (429, or 503 with a time): nothing is to be asked of it before that. */
export class BoaviztaBusy extends Failure {
  readonly waitSeconds: number | null;

  constructor(where: string, waitSeconds: number | null) {
    super('unreachable', `Boavizta at ${where} takes no more requests for now.`, { hint: MEANWHILE });
    this.waitSeconds = waitSeconds === null ? null : Math.min(waitSeconds, LONGEST_WAIT_SECONDS);
  }
}

export interface Boavizta {
  /** For people, without credentials: where it is. */
  readonly description: string;
  knows(provider: string): boolean;
  /** Null where Boavizta has no such type. Throws `Failure` for all else that is no answer. */
  instance(provider: string, instanceType: string, signal: AbortSignal): Promise<BoaviztaImpact | null>;
}

/**
 * Boavizta's API v1 at an address that a person chose. It is asked without `duration`: with one, `embedded` would be
 * the share of those hours and not the whole life. Its `use` is never taken. Source: Boavizta API 2.5.0; METHODOLOGY 1.10.
 */
export function boavizta(transport: Transport): Boavizta {
  return {
    description: transport.description,
    knows: (provider) => Object.hasOwn(PROVIDER_NAMES, provider),
    async instance(provider, instanceType, signal) {
      const name = PROVIDER_NAMES[provider];
      if (name === undefined) return null;
      const answer = await transport.send({
        method: 'POST',
        path: '/v1/cloud/instance',
        parameters: { verbose: 'false', criteria: 'gwp' },
        json: { provider: name, instance_type: typeName(provider, instanceType) },
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        maxBytes: MAX_BYTES,
        signal,
      });
      const { status, retryAfterSeconds } = answer;
      if (status === 404) return unknownOrElse(answer.text, transport.description);
      if (status === 429 || (status === 503 && retryAfterSeconds !== undefined)) {
        throw new BoaviztaBusy(transport.description, retryAfterSeconds ?? null);
      }
      if (status < 200 || status > 299) throw refused(transport.description, status);
      return impactOf(answer.text, transport.description);
    },
  };
}

/** Its tables hold the types of Azure without the word before them, and all in lower case. */
function typeName(provider: string, instanceType: string): string {
  const name = instanceType.toLowerCase();
  return provider === 'azure' ? name.replace(/^standard_/, '') : name;
}

/** Boavizta says what it did not find. Another 404 is that of something else at this address. */
function unknownOrElse(text: string, where: string): null {
  const parsed = z.object({ detail: z.string() }).safeParse(jsonOf(text));
  if (parsed.success && / not found$/.test(parsed.data.detail) && / at /.test(parsed.data.detail)) return null;
  throw notBoavizta(where);
}

function impactOf(text: string, where: string): BoaviztaImpact {
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) throw notBoavizta(where);
  const { value, min, max } = parsed.data.impacts.gwp.embedded;
  if (min > value || max < value) throw notBoavizta(where);
  return { kilograms: value, lowKilograms: min, highKilograms: max, warnings: plain(parsed.data.warnings ?? []) };
}

/** Foreign words that people will read: one line each, few and short. */
function plain(warnings: readonly string[]): string[] {
  const lines = warnings.map((warning) => warning.replace(/[\p{Cc}\s]+/gu, ' ').trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, MOST_WARNINGS)
    .map((line) => line.slice(0, LONGEST_WARNING));
}

function notBoavizta(where: string): Failure {
  return new Failure('bad-answer', `${where} gave an answer that is not in Boavizta's form.`, {
    hint: 'Check that the address is that of a Boavizta API, version 1.',
  });
}

function refused(where: string, status: number): Failure {
  return new Failure('unreachable', `Boavizta at ${where} answered with status ${status}.`, {
    hint: MEANWHILE,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
