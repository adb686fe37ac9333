import { expect, it } from 'vitest';
import { SeenPlaces } from '../../../../src/storage/sqlite/seen-places.ts';

it('tells the second time of a round from the first', () => {
  const seen = new SeenPlaces().next();
  expect([3, 0, 3, 1, 0].map((place) => seen.wasThere(place))).toEqual([false, false, true, false, true]);
});

it('begins anew with each round', () => {
  const places = new SeenPlaces();
  expect(places.next().wasThere(7)).toBe(false);
  expect(places.next().wasThere(7)).toBe(false);
  expect(places.wasThere(7)).toBe(true);
});

it('grows, and forgets nothing of its round meanwhile', () => {
  const seen = new SeenPlaces().next();
  seen.wasThere(5);
  expect(seen.wasThere(1_000_000)).toBe(false);
  expect(seen.wasThere(5)).toBe(true);
  expect(seen.wasThere(1_000_000)).toBe(true);
  expect(seen.wasThere(1024)).toBe(false);
});
