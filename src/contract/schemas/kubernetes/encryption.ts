import * as z from 'zod';

export const KeySource = z.enum(['variable', 'key-file', 'keychain', 'data-folder']);

/** Keys are named by their ids: the first half of a digest, which tells nothing of the key. */
export const EncryptionStatus = z.object({
  key_id: z.string().nullable().describe('Key in force; null where none was needed yet'),
  source: KeySource,
  location: z.string().describe('Where the key in force is kept, for people'),
  records: z.array(z.object({ key_id: z.string(), count: z.int(), can_open: z.boolean() })),
  advice: z.array(z.string()),
});
export type EncryptionStatus = z.infer<typeof EncryptionStatus>;

export const RotateInput = z.object({
  /** A file with the new key on the machine that Podwatt runs on; made where it isn't there. */
  new_key_file: z.string().min(1).max(4096).optional(),
});
export const RotateAnswer = z.object({
  key_id: z.string(),
  sealed_anew: z.int(),
  already_sealed: z.int(),
  not_opened: z.array(z.object({ cluster: z.string(), key_id: z.string() })),
  kept_key_file: z.string().nullable(),
  advice: z.array(z.string()),
});
export type RotateAnswer = z.infer<typeof RotateAnswer>;
