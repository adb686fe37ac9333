import * as z from 'zod';

const FORMS = 'takes an http or https address, or NAME=URL for one context of several';

const Address = z
  .string(FORMS)
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), FORMS);

/** Addresses of Prometheus: by context, and at most one that goes with the only context. */
export interface PrometheusAddresses {
  readonly byContext: Readonly<Record<string, string>>;
  readonly single: string | null;
}

/** `URL`, `NAME=URL`, a list of these, or (in a file) a mapping of names to addresses. */
export const PrometheusSetting = z
  .union([z.string().transform((one) => [one]), z.array(z.string()), z.record(z.string(), z.string())], FORMS)
  .transform((value, context): PrometheusAddresses => {
    const pairs = Array.isArray(value) ? value.map(splitName) : Object.entries(value);
    const byContext: Record<string, string> = {};
    let single: string | null = null;
    for (const [name, url] of pairs) {
      if (!Address.safeParse(url).success || name === '') context.addIssue({ code: 'custom', message: FORMS });
      else if (name === null && single !== null)
        context.addIssue({ code: 'custom', message: 'takes one address without a name' });
      else if (name === null) single = url;
      else byContext[name] = url;
    }
    return { byContext, single };
  });

/** Names of contexts may hold `=` and `:` themselves, so the name ends where the address begins. */
function splitName(value: string): [name: string | null, url: string] {
  if (/^https?:\/\//i.test(value)) return [null, value];
  const at = value.search(/=https?:\/\//i);
  return at < 0 ? [null, value] : [value.slice(0, at), value.slice(at + 1)];
}
