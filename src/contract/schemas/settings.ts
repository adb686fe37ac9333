import * as z from 'zod';

/** As Kubernetes takes it: an optional DNS prefix with a slash, then up to 63 letters, digits, `-`, `_` and `.`. */
const LabelKey = z
  .string()
  .max(317)
  .regex(/^(?:[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, 'not a label key');

const Keys = z.array(LabelKey).min(1).max(10);

/** Labels of namespaces and pods, best first; pods inherit what they lack from their namespace. */
export const LabelKeys = z.object({
  team: Keys.describe('Labels that name a team, best first'),
  cost_center: Keys.describe('Labels that name a cost center, best first'),
});

export type LabelKeys = z.infer<typeof LabelKeys>;

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  time_zone: z.string().describe('IANA name, or "local"'),
  default_zone: z.string().nullable(),
  default_intensity: z.number().positive().nullable(),
  label_keys: LabelKeys,
});
export type Settings = z.infer<typeof Settings>;
export const SettingsInput = Settings.partial();
