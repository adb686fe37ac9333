import type { Log } from '../../../src/backend/log.ts';

export interface RecordingLog extends Log {
  readonly lines: string[];
}

/** A log that keeps what it was told, as text. */
export function createRecordingLog(): RecordingLog {
  const lines: string[] = [];
  const write = (level: string) => (fields: object | string, message?: string) => {
    lines.push(`${level} ${typeof fields === 'string' ? fields : message}`);
  };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
