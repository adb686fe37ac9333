import * as z from 'zod';

/** Main → backend process. */
export const ToBackend = z.discriminatedUnion('type', [
  /** Comes with one port: a window to answer. */
  z.object({ type: z.literal('port') }),
  z.object({ type: z.literal('stop') }),
  /** The answer to `asks-key`: 32 bytes in base64; null where the computer has no keychain. */
  z.object({ type: z.literal('key'), key: z.string().nullable() }),
]);
export type ToBackend = z.infer<typeof ToBackend>;

/** Backend process → main. */
export const FromBackend = z.discriminatedUnion('type', [
  /** It begins, and asks for the key that the keychain keeps. */
  z.object({ type: z.literal('asks-key') }),
  z.object({ type: z.literal('ready') }),
  /** It can't start, and trying again would not help: why, and what to do. */
  z.object({ type: z.literal('failed'), message: z.string(), hint: z.string().nullable() }),
]);
export type FromBackend = z.infer<typeof FromBackend>;
