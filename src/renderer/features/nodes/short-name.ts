const TAIL = 6;

/** A node's name in two parts: the first may be cut, the second tells nodes of one pool apart. */
export interface ShortName {
  readonly head: string;
  readonly tail: string;
}

/** Leaves out the domain of a host name (`ip-10-0-1-5.eu-west-3.compute.internal`); an IPv4 address stays whole. */
export function shortNodeName(name: string): ShortName {
  const isAddress = /^\d+(\.\d+){3}$/.test(name);
  const own = isAddress ? name : (name.split('.')[0] ?? name);
  const cut = Math.max(0, own.length - TAIL);
  return { head: own.slice(0, cut), tail: own.slice(cut) };
}
