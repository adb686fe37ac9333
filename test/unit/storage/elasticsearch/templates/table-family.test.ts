import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../../../../src/storage/elasticsearch/templates/index.ts';
import { familyOf } from '../../../../../src/storage/elasticsearch/templates/table-family.ts';
import { optional, required } from '../../../../../src/storage/sql/schema/table.ts';

describe('familyOf', () => {
  it('maps each kind of column', () => {
    const family = familyOf({
      name: 'some_pets',
      meaning: '',
      columns: [
        required('name', 'text', ''),
        optional('story', 'text', '', { isLong: true }),
        required('age', 'count', ''),
        required('food', 'bytes', ''),
        required('weight', 'number', ''),
        required('is_tame', 'flag', ''),
        required('born_at', 'time', ''),
        required('named_on', 'date', ''),
        required('tricks', 'json', ''),
      ],
      primaryKey: ['name'],
      indexes: [],
    });
    expect(family).toMatchObject({ name: 'some-pets', partition: 'none' });
    expect(family.properties).toMatchObject({
      name: { type: 'keyword' },
      story: { type: 'keyword', index: false, doc_values: false },
      age: { type: 'long' },
      food: { type: 'long' },
      weight: { type: 'double' },
      is_tame: { type: 'boolean' },
      born_at: { type: 'date' },
      named_on: { type: 'date', format: 'strict_date' },
      tricks: { type: 'object', enabled: false },
    });
  });

  it('never searches a kubeconfig, and keeps pods and metrics by month', () => {
    const clusters = FAMILIES.find(({ name }) => name === 'k8s-clusters');
    expect(clusters?.properties['kubeconfig_encrypted']).toMatchObject({ index: false, doc_values: false });
    const monthly = FAMILIES.filter(({ name, partition }) => name.startsWith('k8s-') && partition === 'month');
    expect(monthly.map(({ name }) => name)).toEqual(['k8s-pods', 'k8s-resource-metrics']);
  });
});
