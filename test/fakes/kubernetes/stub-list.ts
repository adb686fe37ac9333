import type { RawObject } from './recordings.ts';

/** Answers a list request as the API server does: pages by `limit` and `continue`, metadata only if asked so. */
export function stubList(kind: string, items: readonly RawObject[], query: URLSearchParams, accept: string): RawObject {
  const metadataOnly = accept.includes('as=PartialObjectMetadataList');
  const offset = offsetOf(query.get('continue'));
  const limit = Number(query.get('limit') ?? '0');
  const page = limit > 0 ? items.slice(offset, offset + limit) : items.slice(offset);
  const rest = items.length - offset - page.length;
  return {
    kind: metadataOnly ? 'PartialObjectMetadataList' : `${kind}List`,
    apiVersion: metadataOnly ? 'meta.k8s.io/v1' : 'v1',
    metadata: {
      resourceVersion: '1504',
      ...(rest > 0 ? { continue: tokenOf(offset + page.length), remainingItemCount: rest } : {}),
    },
    items: metadataOnly ? page.map((item) => ({ metadata: item.metadata })) : page,
  };
}

function tokenOf(offset: number): string {
  return Buffer.from(`from:${offset}`).toString('base64url');
}

function offsetOf(token: string | null): number {
  if (token === null || token === '') return 0;
  return Number(Buffer.from(token, 'base64url').toString().slice('from:'.length));
}
