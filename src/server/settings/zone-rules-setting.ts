import * as z from 'zod';
import type { BackendConfig } from '../../backend/config.ts';
import { PROVIDERS } from '../../model/cluster.ts';

type ZoneRule = NonNullable<BackendConfig['zoneRules']>[number];

const FORMS =
  'takes a list of rules, each with zone (a key of Electricity Maps, for example SE-SE3) and at least one of provider, region and label (name, or name=value)';

const text = z.string(FORMS).trim().min(1, FORMS);
const Rule = z.strictObject(
  {
    provider: z.enum(PROVIDERS, `takes as provider one of ${PROVIDERS.join(', ')}`).optional(),
    region: text.optional(),
    label: text.optional(),
    zone: text.regex(/^[A-Z]{2}(-[A-Z0-9]+)*$/, FORMS),
  },
  FORMS,
);

/** Rules of `config.yaml` that put nodes into grid zones; they hold for all contexts, after those of the context. */
export const ZoneRulesSetting = z
  .array(Rule, FORMS)
  .max(200, 'takes 200 rules at most')
  .refine((rules) => rules.every((rule) => rule.provider ?? rule.region ?? rule.label), FORMS)
  .transform((rules) =>
    rules.map(
      ({ provider, region, label, zone }): ZoneRule => ({
        provider: provider ?? null,
        region: region ?? null,
        label: label === undefined ? null : labelOf(label),
        zone,
      }),
    ),
  );

/** Names of labels hold no `=`. */
function labelOf(label: string): { name: string; value: string | null } {
  const at = label.indexOf('=');
  return at < 0 ? { name: label, value: null } : { name: label.slice(0, at), value: label.slice(at + 1) };
}
