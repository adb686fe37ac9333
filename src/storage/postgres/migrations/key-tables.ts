// Names compare byte by byte, as they do on every other store and whatever the database collates by.
const NAME = 'text COLLATE "C" NOT NULL';
const ID = 'integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY';

/** What names a row, once: roll-ups and presence hold its id. An empty text stands for "none". */
export const KEY_TABLES: readonly string[] = [
  `CREATE TABLE cluster_keys (
  id ${ID},
  cluster_id ${NAME} UNIQUE,
  keys_version integer NOT NULL DEFAULT 1 -- grows when keys were deleted: what a writer remembers of them is void
)`,
  `CREATE TABLE namespace_keys (
  id ${ID},
  cluster_key integer NOT NULL,
  namespace ${NAME},
  UNIQUE (cluster_key, namespace)
)`,
  `CREATE TABLE workload_keys (
  id ${ID},
  cluster_key integer NOT NULL,
  row_kind smallint NOT NULL, -- 0 pod, 1 system, 2 unallocated, 3 volume
  namespace ${NAME},
  workload_kind ${NAME}, -- Pod for a bare pod; none for rows that are no pod
  workload_name ${NAME},
  node ${NAME},
  team ${NAME},
  zone ${NAME}, -- grid zone
  provider ${NAME},
  UNIQUE (cluster_key, namespace, workload_kind, workload_name, node, team, zone, provider, row_kind)
)`,
  `CREATE TABLE pod_identities ( -- what a number of pods counts
  id ${ID},
  cluster_key integer NOT NULL,
  namespace ${NAME},
  pod ${NAME},
  UNIQUE (cluster_key, namespace, pod)
)`,
  `CREATE TABLE pod_keys (
  id ${ID},
  cluster_key integer NOT NULL,
  row_kind smallint NOT NULL,
  namespace ${NAME},
  pod ${NAME},
  node ${NAME},
  owner_kind ${NAME},
  owner_name ${NAME},
  workload_kind ${NAME},
  workload_name ${NAME},
  team ${NAME},
  zone ${NAME},
  provider ${NAME},
  node_zone ${NAME}, -- availability zone
  instance_type ${NAME},
  pod_identity integer NOT NULL,
  workload_key integer NOT NULL,
  namespace_key integer NOT NULL,
  UNIQUE (cluster_key, namespace, pod, node, row_kind, owner_kind, owner_name, team, zone, provider, node_zone, instance_type)
)`,
];
