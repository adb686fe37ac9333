import { RPCHandler } from '@orpc/server/message-port';
import type { Log } from '../../backend/log.ts';
import type { AppRouter } from '../../server/app-router.ts';
import { errorInterceptors } from '../../server/rpc-errors.ts';
import { type GuardedPort, guardPort } from './port-guard.ts';

/** Answers calls that come over a port, until it closes. */
export function createPortServer(router: AppRouter, log: Log): (port: GuardedPort & { start(): void }) => void {
  const handler = new RPCHandler(router, errorInterceptors(log));
  return (port) => {
    handler.upgrade(guardPort(port, () => log.warn('A malformed frame was dropped')));
    port.start();
  };
}
