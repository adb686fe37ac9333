import type { Inventory } from '../../model/inventory.ts';
import type { TimeRange, Window } from '../../model/time.ts';
import { scrapeIntervalSeconds } from './coverage.ts';
import { rangeOf } from './node-times.ts';
import type { PieceAnswers } from './read-piece.ts';

/** The part of a window in which a node existed. A hole doesn't end a node; what ends it is that Kubernetes no longer lists it. */
export function existedRange(answers: PieceAnswers, window: Window, node: string, inventory: Inventory): TimeRange {
  const range = rangeOf(window);
  const now = inventory.nodes.find((item) => item.name === node);
  const created = answers.nodes.createdAtSeconds(range.endSeconds, node) ?? now?.createdAtSeconds ?? null;
  const startSeconds =
    created === null || created >= range.endSeconds ? range.startSeconds : Math.max(created, range.startSeconds);
  const isThere = answers.nodes.isThereAtEnd(range.endSeconds, node) ?? now !== undefined;
  if (isThere) return { startSeconds, endSeconds: range.endSeconds };
  const times = [...answers.usageTimes.of(node), ...answers.nodeExporterTimes.of(node)];
  const last = times.reduce(
    (latest, time) => (time <= range.endSeconds ? Math.max(latest, time) : latest),
    startSeconds,
  );
  const interval = scrapeIntervalSeconds(answers.usageTimes.of(node));
  return { startSeconds, endSeconds: Math.min(range.endSeconds, last + interval / 2) };
}
