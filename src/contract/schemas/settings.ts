import * as z from 'zod';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  time_zone: z.string().describe('IANA name, or "local"'),
  default_zone: z.string().nullable(),
  default_intensity: z.number().positive().nullable(),
});
export type Settings = z.infer<typeof Settings>;
export const SettingsInput = Settings.partial();
