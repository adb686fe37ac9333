import * as z from 'zod';

export const MOST_ITEMS = 500;
export const FURTHEST_OFFSET = 10_000;

/** Ids of Kubernetes objects: UUIDs; anything short is looked up, and not found. */
export const Id = z.string().min(1).max(253);

const limit = `limit takes a whole number from 1 to ${MOST_ITEMS}`;
const offset = `offset takes a whole number from 0 to ${FURTHEST_OFFSET}`;

/** Numbers that are refused are refused in these words: a silently cut page would look like the whole list. */
export const pageFields = {
  limit: z.int(limit).min(1, limit).max(MOST_ITEMS, limit).default(100),
  offset: z.int(offset).min(0, offset).max(FURTHEST_OFFSET, offset).default(0),
};

/** What every list carries besides its items. */
export const pageAnswer = {
  total: z.int().nonnegative(),
  limit: z.int(),
  offset: z.int(),
};

export const IdInput = z.object({ id: Id });
export const IdPageInput = z.object({ id: Id, ...pageFields });

/** The answer of a deletion. */
export const Nothing = z.undefined();
