import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Page } from '@playwright/test';

/** Chromium knows no `app://`. `file:` is the one scheme beside HTTP that it lets a test answer. */
export const PAGE_URL = 'file:///';
/** What makes `file:///` an origin of its own, as `app://podwatt` is. */
export const PAGE_ARGS = ['--allow-file-access-from-files'];

export interface AppPages {
  /** Addresses of our own that the page asked for, in order. */
  readonly asked: readonly string[];
  /** Addresses elsewhere; they were refused. */
  readonly outside: readonly string[];
  close(): Promise<void>;
}

/** Answers every request of a page with what the desktop app answers for `app://podwatt`: built files, headers, policy. */
export async function serveAppPages(page: Page): Promise<AppPages> {
  const thread = new Worker(new URL('./serve-app-thread.ts', import.meta.url), {
    workerData: { staticDir: resolve(import.meta.dirname, '../../../../out/renderer') },
    execArgv: [],
  });
  const port = await new Promise<number>((done, failed) => {
    thread.once('message', done);
    thread.once('error', failed);
  });
  const asked: string[] = [];
  const outside: string[] = [];
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.protocol !== 'file:') {
      outside.push(url.href);
      return route.abort();
    }
    asked.push(url.pathname);
    const answer = await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`);
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  return { asked, outside, close: async () => void (await thread.terminate()) };
}
