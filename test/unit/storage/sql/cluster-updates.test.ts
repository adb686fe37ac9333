import { describe, expect, it } from 'vitest';
import {
  CLUSTER_COLUMNS,
  CLUSTER_UPDATES,
  clusterRecordOf,
  isKeptWhereUnknown,
} from '../../../../src/storage/sql/cluster-line.ts';

const LINE = {
  id: 'k',
  name: 'Production',
  context_name: 'prod',
  api_server_url: 'https://prod.example',
  cluster_version: null,
  provider: 'eks',
  region: null,
  cost_currency: 'EUR',
  total_nodes: null,
  total_pods: 7,
  last_sync_at: null,
  last_error: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};

describe('the line that results share with the registry', () => {
  it('keeps what the registry knows where the record knows nothing', () => {
    expect(CLUSTER_COLUMNS.filter(isKeptWhereUnknown)).toEqual(['cluster_version', 'provider', 'region']);
    expect(CLUSTER_UPDATES).toContain('provider = COALESCE(excluded.provider, k8s_clusters.provider)');
    expect(CLUSTER_UPDATES).toContain('last_error = excluded.last_error');
    expect(CLUSTER_UPDATES).not.toMatch(/\bid = /);
    for (const column of ['kubeconfig_encrypted', 'description', 'status', 'tags']) {
      expect(CLUSTER_UPDATES).not.toContain(column);
    }
  });

  it('has no provider for results where the registry has one that they do not know', () => {
    expect(clusterRecordOf(LINE)).toMatchObject({ id: 'k', provider: null, podCount: 7 });
    expect(clusterRecordOf({ ...LINE, provider: 'aws' }).provider).toBe('aws');
    expect(() => clusterRecordOf({ ...LINE, name: null })).toThrow();
  });
});
