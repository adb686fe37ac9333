/** Channels between the preload script and the main process. */
export const DESKTOP_CHANNELS = {
  /** Page → main: the page listens now; send a port. */
  ready: 'podwatt:ready',
  /** Main → page: a port to the backend. */
  port: 'podwatt:port',
  /** Main → page: the backend is up, or down with the reason. */
  backendState: 'podwatt:backend-state',
} as const;
