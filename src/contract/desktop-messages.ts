import * as z from 'zod';

/** Main → backend process. */
export const ToBackend = z.discriminatedUnion('type', [
  /** Comes with one port: a window to answer. */
  z.object({ type: z.literal('port') }),
  z.object({ type: z.literal('stop') }),
]);
export type ToBackend = z.infer<typeof ToBackend>;

/** Backend process → main. */
export const FromBackend = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** It can't start, and trying again would not help: why, and what to do. */
  z.object({ type: z.literal('failed'), message: z.string(), hint: z.string().nullable() }),
]);
export type FromBackend = z.infer<typeof FromBackend>;
