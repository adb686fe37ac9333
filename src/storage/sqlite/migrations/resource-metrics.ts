import { K8S_RESOURCE_METRICS } from '../../sql/schema/kubernetes/resource-metrics.ts';
import { sqliteTable } from '../../sql/schema/sqlite-ddl.ts';
import { type Column, createIndex, type Table, type TableIndex } from '../../sql/schema/table.ts';

const OF_OBJECT = [
  'cluster_id',
  'namespace_id',
  'deployment_id',
  'pod_id',
  'node_id',
  'resource_type',
  'object_id',
] as const;

const isOfObject = ({ name }: Column): boolean => OF_OBJECT.some((column) => column === name);
const columns = K8S_RESOURCE_METRICS.columns;
const ofRow = columns.filter((column) => !isOfObject(column));

const ID: Column = { name: 'id', kind: 'count', isRequired: false, meaning: 'private' };
const OBJECT_KEY: Column = { ...ID, name: 'object_key', isRequired: true, meaning: 'k8s_metric_objects.id' };

const OBJECTS: Table = {
  name: 'k8s_metric_objects',
  meaning: 'what resource metrics are of, once: five ids of 36 letters in each row would be most of the file',
  columns: [ID, ...columns.filter(isOfObject)],
  primaryKey: ['id'],
  ...(K8S_RESOURCE_METRICS.foreignKeys === undefined ? {} : { foreignKeys: K8S_RESOURCE_METRICS.foreignKeys }),
  ...(K8S_RESOURCE_METRICS.checks === undefined ? {} : { checks: K8S_RESOURCE_METRICS.checks }),
  indexes: [],
};

const ROWS: Table = {
  name: 'k8s_metric_rows',
  meaning: 'the figures of an object at a time',
  columns: [OBJECT_KEY, ...ofRow],
  primaryKey: ['object_key', 'collected_at'],
  foreignKeys: [{ column: 'object_key', table: 'k8s_metric_objects', onDelete: 'CASCADE' }],
  indexes: [],
};

/** The indexes of the table as they are over its two halves, under their names. */
function indexOf({ name, on, where }: TableIndex): string {
  const isOfRow = on.includes('collected_at') && !on.includes('resource_type');
  return isOfRow
    ? createIndex(ROWS.name, { name, on: ['object_key', 'collected_at'], ...(where === undefined ? {} : { where }) })
    : createIndex(OBJECTS.name, {
        name,
        on: on.filter((column) => column !== 'collected_at'),
        ...(where === undefined ? {} : { where }),
      });
}

const list = (names: readonly string[], prefix = ''): string => names.map((name) => `${prefix}${name}`).join(', ');
const values = ofRow.map(({ name, fallback }) =>
  fallback === undefined ? `NEW.${name}` : `COALESCE(NEW.${name}, ${fallback})`,
);

/** `k8s_resource_metrics` on SQLite: a view that takes new rows, over a table of objects and one of figures. */
export const RESOURCE_METRICS: readonly string[] = [
  sqliteTable(OBJECTS),
  'CREATE UNIQUE INDEX k8s_metric_objects_object ON k8s_metric_objects (object_id)',
  `${sqliteTable(ROWS)}, WITHOUT ROWID`,
  ...K8S_RESOURCE_METRICS.indexes.map(indexOf),
  `CREATE VIEW k8s_resource_metrics AS SELECT
  ${list(OF_OBJECT, 'o.')},
  ${list(
    ofRow.map(({ name }) => name),
    'r.',
  )}
FROM k8s_metric_objects o JOIN k8s_metric_rows r ON r.object_key = o.id`,
  // An object keeps the place where it was last seen.
  `CREATE TRIGGER k8s_resource_metrics_insert INSTEAD OF INSERT ON k8s_resource_metrics BEGIN
  INSERT INTO k8s_metric_objects (${list(OF_OBJECT)}) VALUES (${list(OF_OBJECT, 'NEW.')})
  ON CONFLICT (object_id) DO UPDATE SET
    namespace_id = excluded.namespace_id, deployment_id = excluded.deployment_id, node_id = excluded.node_id
  WHERE (namespace_id, deployment_id, node_id) IS NOT (excluded.namespace_id, excluded.deployment_id, excluded.node_id);
  INSERT INTO k8s_metric_rows (object_key, ${list(ofRow.map(({ name }) => name))})
  SELECT id, ${values.join(', ')} FROM k8s_metric_objects WHERE object_id = NEW.object_id;
END`,
];

/** In place of `DROP TABLE k8s_resource_metrics`. */
export const RESOURCE_METRICS_DOWN: readonly string[] = [
  'DROP VIEW k8s_resource_metrics',
  'DROP TABLE k8s_metric_rows',
  'DROP TABLE k8s_metric_objects',
];
