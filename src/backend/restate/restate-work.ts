import type { AuditEntry, RestateCause } from '../../model/audit.ts';
import type { TimeRange } from '../../model/time.ts';

/** One run over the past of one cluster. */
export interface RestateWork {
  readonly clusterId: string;
  /** Windows whose start lies in it. */
  readonly range: TimeRange;
  readonly cause: RestateCause;
  /** For people, with old and new value where a setting changed. */
  readonly reason: string;
}

export type RestateEvent =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  /** The last one; `entry` is null where nothing changed. */
  | {
      readonly kind: 'done';
      readonly windows: number;
      readonly changed: number;
      readonly entry: AuditEntry | null;
    };
