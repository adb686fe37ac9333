import type { Client } from '../../server/client.ts';
import { byteSize } from '../output/amounts.ts';
import { progressLine } from '../output/progress-line.ts';
import type { Sink } from '../output/sink.ts';
import type { Terminal } from '../terminal.ts';

type ExportQuery = Parameters<Client['reports']['export']>[0];

/** Copies an export piece by piece, the next one when the last is written: memory stays the same for any length. */
export async function copyExport(client: Client, input: ExportQuery, sink: Sink, terminal: Terminal): Promise<void> {
  const line = progressLine(terminal);
  let bytes = 0;
  try {
    for await (const chunk of await client.reports.export(input, { signal: terminal.stopSignal })) {
      if (chunk.kind !== 'text') continue;
      await sink.write(chunk.text);
      bytes += Buffer.byteLength(chunk.text);
      line.show(`${byteSize(bytes)} written`);
    }
  } finally {
    line.clear();
  }
}
