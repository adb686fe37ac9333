import { createRouterClient } from '@orpc/server';
import type { Log } from '../backend/log.ts';
import type { ExportChunk } from '../contract/schemas/reports.ts';
import type { AppRouter } from './app-router.ts';
import { asGet } from './rest.ts';
import { restErrorBody, toWireError } from './rpc-errors.ts';

/**
 * Answers `GET /report/export`: the stream of `reports.export` as a file that is written while it is read. An error on
 * the way breaks the transfer off, so that nobody takes half a file for a whole one.
 */
export function createReportExport(
  router: AppRouter,
  log: Log,
): (request: Request, breakOff: () => void) => Promise<Response> {
  const client = createRouterClient(router);
  return async (request, breakOff) => {
    const aborter = new AbortController();
    const signal = AbortSignal.any([asGet(request).signal, aborter.signal]);
    try {
      // The schema itself refuses what doesn't fit, so the query goes in as it came.
      const input = Object.fromEntries(new URL(request.url).searchParams) as Parameters<
        typeof client.reports.export
      >[0];
      const chunks = await client.reports.export(input, { signal });
      const first = await chunks.next();
      if (first.done === true || first.value.kind !== 'file')
        throw new Error('an export must start with its file name');
      const headers = {
        'content-type': first.value.content_type,
        'content-disposition': contentDisposition(first.value.file_name),
        'cache-control': 'no-store',
      };
      if (request.method === 'HEAD') {
        aborter.abort();
        await chunks.return?.(undefined);
        return new Response(null, { headers });
      }
      return new Response(
        bytesOf(chunks, aborter, (error) => {
          toWireError(error, log);
          breakOff();
        }),
        { headers },
      );
    } catch (error) {
      const wire = toWireError(error, log);
      return Response.json(restErrorBody(wire), { status: wire.status, headers: { 'cache-control': 'no-store' } });
    }
  };
}

/** Pulls one piece at a time. */
function bytesOf(
  chunks: AsyncIterator<ExportChunk>,
  aborter: AbortController,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value.kind === 'text' ? next.value.text : ''));
      } catch (error) {
        onError(error);
        controller.close();
      }
    },
    cancel: async () => {
      aborter.abort();
      await chunks.return?.(undefined);
    },
  });
}

/** Plain ASCII for old clients, the exact name for the others (RFC 6266). */
export function contentDisposition(fileName: string): string {
  const ascii = fileName.replace(/[^\w.+-]/g, '_');
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return ascii === fileName
    ? `attachment; filename="${ascii}"`
    : `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
