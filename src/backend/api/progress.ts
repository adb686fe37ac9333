import type { Progress } from '../../contract/schemas/contexts.ts';
import type { ReadingState } from '../pipeline/reading-progress.ts';

export function progressOf(clusterId: string, state: ReadingState): Progress {
  return {
    cluster_id: clusterId,
    state: state.state,
    phases: [...state.phases],
    windows_done: state.windowsDone,
    windows_total: state.windowsTotal,
    windows_without_data: state.windowsWithoutData,
    seconds_left: state.secondsLeft,
    so_far: {
      co2e_grams: state.soFar.co2eGrams,
      low_grams: state.soFar.lowGrams,
      high_grams: state.soFar.highGrams,
      hours: state.soFar.hours,
    },
    message: state.message,
  };
}
