import * as z from 'zod';

/** What travels with an error besides its message: a stable code and what the person can do. */
export const ErrorData = z.object({ failure: z.string(), hint: z.string().nullable() });

/** Errors of every operation; `message` says what is wrong and what to do, and is the REST answer's `detail`. */
export const errors = {
  BAD_REQUEST: { status: 400, data: ErrorData },
  UNAUTHORIZED: { status: 401, data: ErrorData },
  FORBIDDEN: { status: 403, data: ErrorData },
  NOT_FOUND: { status: 404, data: ErrorData },
  CONFLICT: { status: 409, data: ErrorData },
  SERVICE_UNAVAILABLE: { status: 503, data: ErrorData },
  INTERNAL_SERVER_ERROR: { status: 500, data: ErrorData },
} as const;
