import * as z from 'zod';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';

const TIMEOUT_MILLISECONDS = 15_000;
const MAX_BYTES = 1_048_576;

/** Boavizta's names of the providers that it knows; others are not asked for. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  aws: 'aws',
  azure: 'azure',
  gcp: 'gcp',
  ovh: 'ovhcloud',
  scaleway: 'scaleway',
};

const Answer = z.object({
  impacts: z.object({
    gwp: z.object({
      unit: z.literal('kgCO2eq'),
      embedded: z.object({
        value: z.number().positive(),
        min: z.number().nonnegative(),
        max: z.number().positive(),
        warnings: z.array(z.string()).optional(),
      }),
    }),
  }),
});

/** Embodied emissions of a cloud instance over its whole life, with the range that Boavizta gives. */
export interface BoaviztaImpact {
  readonly kilograms: number;
  readonly lowKilograms: number;
  readonly highKilograms: number;
  /** What Boavizta warns of, for example that it took a similar type. */
  readonly warnings: readonly string[];
}

export interface Boavizta {
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
    knows: (provider) => Object.hasOwn(PROVIDER_NAMES, provider),
    async instance(provider, instanceType, signal) {
      const name = PROVIDER_NAMES[provider];
      if (name === undefined) return null;
      const answer = await transport.send({
        method: 'POST',
        path: '/v1/cloud/instance',
        parameters: { verbose: 'false', criteria: 'gwp' },
        json: { provider: name, instance_type: instanceType },
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        maxBytes: MAX_BYTES,
        signal,
      });
      if (answer.status === 404) return null;
      if (answer.status < 200 || answer.status > 299) throw refused(transport.description, answer.status);
      return impactOf(answer.text, transport.description);
    },
  };
}

function impactOf(text: string, where: string): BoaviztaImpact {
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new Failure('bad-answer', `${where} gave an answer that is not in Boavizta's form.`, {
      hint: 'Check that the address is that of a Boavizta API, version 1.',
    });
  }
  const { value, min, max, warnings } = parsed.data.impacts.gwp.embedded;
  return { kilograms: value, lowKilograms: min, highKilograms: max, warnings: warnings ?? [] };
}

function refused(where: string, status: number): Failure {
  return new Failure('unreachable', `Boavizta at ${where} answered with status ${status}.`, {
    hint: 'The bundled table and the formula are used meanwhile.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
