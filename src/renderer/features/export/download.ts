import type { ExportInput } from '../../../contract/schemas/reports.ts';
import type { PodwattClient } from '../../rpc/create-client.ts';

export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

type ExportRequest = Partial<ExportInput> & { tz: string };

/** Reads an export as it comes; the name is the one the backend gives. `onText` tells how many characters have come. */
export async function readExport(
  client: PodwattClient,
  input: ExportRequest,
  options: { signal: AbortSignal; onText?: (characters: number) => void },
): Promise<ExportedFile> {
  let name = input.format === 'json' ? 'podwatt.json' : 'podwatt.csv';
  let type = 'application/octet-stream';
  let characters = 0;
  const pieces: string[] = [];
  for await (const chunk of await client.reports.export(input, { signal: options.signal })) {
    if (chunk.kind === 'file') {
      name = chunk.file_name;
      type = chunk.content_type;
      continue;
    }
    pieces.push(chunk.text);
    characters += chunk.text.length;
    options.onText?.(characters);
  }
  // A stream that was stopped may end quietly; half a file must not look like a whole one.
  options.signal.throwIfAborted();
  return { name, content: new Blob(pieces, { type }) };
}

/** Hands a file to the browser's downloads. */
export function saveFile(file: ExportedFile): void {
  const url = URL.createObjectURL(file.content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = file.name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The download has its own hold on the data once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
