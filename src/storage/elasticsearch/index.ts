export { openElasticsearchResults } from './open-results.ts';
export { testElasticsearch } from './test-elasticsearch.ts';
