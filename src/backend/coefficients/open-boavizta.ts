import type { OpenBoavizta } from './boavizta-desk.ts';

/** Boavizta at an address that a person chose, through the machine's proxy. Throws `bad-input` for what is no address. */
export async function openBoavizta(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  isOffline: () => boolean,
): Promise<OpenBoavizta> {
  const { createUrlTransport } = await import('../../net/url-transport.ts');
  const { boavizta } = await import('../../collectors/boavizta/boavizta.ts');
  const transport = createUrlTransport({
    url,
    auth: { kind: 'none' },
    certificateAuthority: null,
    proxyFromEnv: env,
    isOffline,
  });
  return { ...boavizta(transport), close: () => transport.close() };
}
