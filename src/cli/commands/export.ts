import type { ExportInput } from '../../contract/schemas/reports.ts';
import type { CliDeps } from '../cli-deps.ts';
import { createSink } from '../output/sink.ts';
import { settingsFor } from './command-settings.ts';
import { copyExport } from './copy-export.ts';
import { checkRange, type FilterOptions, filterQuery } from './filter-options.ts';
import { withClient } from './with-client.ts';

export interface ExportOptions extends FilterOptions {
  format?: 'csv' | 'json';
  json?: boolean;
  aggregate: boolean;
  groupBy: ExportInput['group_by'];
  granularity: ExportInput['granularity'];
}

/** `podwatt export [FILE]`: the rows of a range, streamed to a file or stdout. The file is there when it is whole. */
export async function exportRows(file: string | undefined, options: ExportOptions, deps: CliDeps): Promise<void> {
  checkRange(options);
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const format = options.json === true ? 'json' : (options.format ?? formatOf(file));
  await withClient(settings, deps, async (client) => {
    const { aggregate, groupBy, granularity } = options;
    const query = { ...(await filterQuery(options, client)), aggregate, group_by: groupBy, granularity, format };
    const sink = await createSink(file ?? null, terminal);
    try {
      await copyExport(client, query, sink, terminal);
      await sink.finish();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
  });
}

/** By the ending of the file's name; CSV where it says nothing. */
function formatOf(file: string | undefined): 'csv' | 'json' {
  return file?.toLowerCase().endsWith('.json') === true ? 'json' : 'csv';
}
