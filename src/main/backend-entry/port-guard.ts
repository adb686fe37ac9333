import * as z from 'zod';

const MAX_FRAME_CHARACTERS = 1_000_000;
const RPC_BASE = 'http://orpc';

const Headers = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  // Nothing is streamed to the backend, and no files are sent: bodies are JSON.
  .refine((headers) => Object.keys(headers).every((name) => !/^content-(?:type|disposition)$/i.test(name)));

/** A call or its cancellation, as the RPC client writes them: `i` id, `t` kind, `p` payload. */
const Frame = z.union([
  z.object({ i: z.string().max(64), t: z.literal(4) }),
  z.object({
    i: z.string().max(64),
    t: z.literal(1).optional(),
    p: z.object({
      u: z
        .string()
        .max(100_000)
        .refine((url) => URL.canParse(url, RPC_BASE) && new URL(url, RPC_BASE).origin === new URL(RPC_BASE).origin),
      h: Headers.optional(),
      m: z.enum(['GET', 'POST']).optional(),
    }),
  }),
]);

/** A port of the backend's side, as Electron gives it. */
export interface GuardedPort {
  postMessage(message: unknown): void;
  on(event: 'message' | 'close', listener: (event?: { data: unknown }) => void): unknown;
}

/** True for a frame that the RPC handler can take without failing outside of any call. */
export function isWellFormedFrame(data: unknown): boolean {
  if (typeof data !== 'string' || data.length > MAX_FRAME_CHARACTERS) return false;
  try {
    return Frame.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}

/** What the RPC handler is given in place of the port. */
export interface GuardingPort {
  postMessage(message: unknown): void;
  on(event: string, listener: (event?: { data: unknown }) => void): void;
}

/** The port with every other frame left out: one of those would be an unhandled rejection, which ends the process. */
export function guardPort(port: GuardedPort, onRefused: () => void): GuardingPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (name, listener) => {
      if (name === 'close') port.on('close', () => listener());
      if (name !== 'message') return;
      port.on('message', (event) => {
        if (isWellFormedFrame(event?.data)) listener(event);
        else onRefused();
      });
    },
  };
}
