import type { estypes } from '@elastic/elasticsearch';
import type { Column, Table } from '../../sql/schema/table.ts';
import type { IndexFamily, Partition } from './family.ts';
import { figure, instant, keyword, unindexedObject, unindexedText, whole, yesOrNo } from './fields.ts';

/** A table of the SQL stores as an index family with the same names: `k8s_pods` is `k8s-pods`. */
export function familyOf(table: Table, partition: Partition = 'none'): IndexFamily {
  return {
    name: table.name.replaceAll('_', '-'),
    partition,
    properties: Object.fromEntries(table.columns.map((column) => [column.name, propertyOf(column)])),
  };
}

const DAY: estypes.MappingProperty = { type: 'date', format: 'strict_date' };

function propertyOf({ kind, isLong }: Column): estypes.MappingProperty {
  switch (kind) {
    case 'text':
      return isLong === true ? unindexedText : keyword;
    case 'count':
    case 'bytes':
      return whole;
    case 'number':
      return figure;
    case 'flag':
      return yesOrNo;
    case 'time':
      return instant;
    case 'date':
      return DAY;
    case 'json':
      return unindexedObject;
  }
}
