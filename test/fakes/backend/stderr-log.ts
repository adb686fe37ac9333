import type { Log } from '../../../src/backend/log.ts';

const write = (level: string) => (fields: object | string, message?: string) =>
  void process.stderr.write(`${level} ${typeof fields === 'string' ? fields : (message ?? '')}\n`);

/** What goes wrong in a process of a test, for whoever reads its output. */
export const stderrLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: write('warn'),
  error: write('error'),
};
