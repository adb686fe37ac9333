import type { Log } from '../backend/log.ts';

/** Logs as lines of JSON on stderr; stdout belongs to results. */
export async function createStderrLog(level: string): Promise<Log> {
  const { pino } = await import('pino');
  const time = () => `,"time":"${new Date().toISOString()}"`;
  const logger = pino({ level, base: null, timestamp: time }, pino.destination({ fd: 2, sync: true }));
  return {
    debug: logger.debug.bind(logger),
    info: logger.info.bind(logger),
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
  };
}
