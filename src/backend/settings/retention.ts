import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { checkRetention, DEFAULT_RETENTION, type RetentionPolicy } from '../../model/retention.ts';
import { StoredValue } from './stored-value.ts';

const days = z.number().int();
const Retention = z
  .object({ rawDays: days, podHourDays: days, hourDays: days, podDayDays: days, dayDays: days.nullable() })
  .refine(isPossible);

export function openRetention(state: AppState): Promise<StoredValue<RetentionPolicy>> {
  return StoredValue.open(state, 'retention', Retention, DEFAULT_RETENTION);
}

function isPossible(policy: RetentionPolicy): boolean {
  try {
    checkRetention(policy);
    return true;
  } catch {
    return false;
  }
}
