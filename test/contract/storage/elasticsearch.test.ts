import { describe } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { everyContract } from './every-contract.ts';
import { openNewElasticsearch } from './open-elasticsearch.ts';
import { RowCounts } from './row-counts.ts';

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  const counts = new RowCounts();
  everyContract('Elasticsearch', () => openNewElasticsearch('8.19.0', counts), { writes: 5, maintenances: 2 });
});
