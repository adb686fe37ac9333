import { type LookupOptions, lookup } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { Failure } from '../model/failure.ts';

/** True for an IP address that nothing is sent to. */
export type AddressRule = (address: string) => boolean;

const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
// The same IPv4 network through NAT64 (RFC 6052).
LINK_LOCAL.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
// Source: Amazon EC2 User Guide, "Access instance metadata": the IPv6 address of the metadata service.
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Link-local addresses and those where clouds hand out the credentials of a machine, in each way of writing them. */
export const isMetadataAddress: AddressRule = (address) => isIn(LINK_LOCAL, address);

export const isLoopbackAddress: AddressRule = (address) => isIn(LOOPBACK, address);

/** An address of a URL's host, where it is none of a name: without the brackets of IPv6. */
export function addressOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

/**
 * Looks names up as Node does, and fails with a `Failure` where one of the addresses is refused: what is checked is what
 * is connected to, so a name can't change in between.
 */
export function guardedLookup(refuses: AddressRule): LookupFunction {
  return (hostname: string, options: LookupOptions, done) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses = error !== null ? [] : typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (addresses.some(refuses)) done(refusedAddress(), '', 0);
      else done(error, found, family);
    });
  };
}

/**
 * For a way through a proxy, which looks the name up itself: refuses what this computer finds behind it. A name that is
 * known to the proxy alone passes.
 */
export async function refuseByName(hostname: string, refuses: AddressRule): Promise<void> {
  const found = await resolve(hostname, { all: true }).catch(() => []);
  if (found.some(({ address }) => refuses(address))) throw refusedAddress();
}

export function refusedAddress(): Failure {
  return new Failure('bad-input', 'The host of the address leads to where Podwatt sends nothing.', {
    hint: 'Link-local and metadata addresses are refused, and without https all but this computer.',
  });
}

function isIn(list: BlockList, address: string): boolean {
  const [plain = ''] = address.split('%');
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
