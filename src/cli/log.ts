import type { Log } from '../backend/log.ts';

/** Logs as lines of JSON on stderr; stdout belongs to results. */
export async function createStderrLog(level: string): Promise<Log> {
  const { pino } = await import('pino');
  return pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    pino.destination({ fd: 2, sync: true }),
  );
}
