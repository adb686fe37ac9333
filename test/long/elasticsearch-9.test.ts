import { describe } from 'vitest';
import { everyContract } from '../contract/storage/every-contract.ts';
import { openNewElasticsearch } from '../contract/storage/open-elasticsearch.ts';
import { RowCounts } from '../contract/storage/row-counts.ts';
import { needs } from '../setup/programs.ts';

describe.runIf(needs('elasticsearch-9'))('Elasticsearch 9', () => {
  const counts = new RowCounts();
  everyContract('Elasticsearch 9', () => openNewElasticsearch('9.2.0', counts), { writes: 15, maintenances: 6 });
});
