import * as z from 'zod';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import { Failure } from '../../model/failure.ts';
import type { Connections } from './connections.ts';
import { stateOf } from './postgres-failure.ts';
import type { Session } from './session.ts';

const Line = z.object({
  cluster_id: z.string(),
  holder: z.string(),
  holder_name: z.string(),
  epoch: z.number(),
  expires_at_seconds: z.number(),
});

const COLUMNS =
  'cluster_id, holder, holder_name, epoch, FLOOR(EXTRACT(epoch FROM expires_at))::bigint AS expires_at_seconds';

// One statement: of two who ask at once, the second waits for the line and then sees what the first made of it.
const TAKE = `INSERT INTO leases AS l (cluster_id, holder, holder_name, epoch, expires_at)
  VALUES ($1, $2, $3, 1, clock_timestamp() + $4::double precision * interval '1 second')
  ON CONFLICT (cluster_id) DO UPDATE SET holder = excluded.holder, holder_name = excluded.holder_name,
    epoch = CASE WHEN l.holder = excluded.holder AND l.expires_at > clock_timestamp() THEN l.epoch ELSE l.epoch + 1 END,
    expires_at = clock_timestamp() + $4::double precision * interval '1 second'
  WHERE l.holder IS NULL OR l.holder = excluded.holder OR l.expires_at <= clock_timestamp()
  RETURNING ${COLUMNS}`;

/** How long the line of a lease is waited for before it is looked who has it. */
const LOCK_MILLISECONDS = 2000;
const LOCK_TIMEOUT = '55P03';

// A window is written under the lock of its lease. A client that froze in the middle (a laptop that sleeps) keeps it: no
// limit of time ends a COPY that waits for rows, and its connection looks alive for hours. Whose transaction changed the
// line last stands in xmax.
const END_FROZEN = `SELECT pg_terminate_backend(k.pid) FROM leases s
  JOIN pg_locks k ON k.locktype = 'transactionid' AND k.granted AND k.transactionid = s.xmax
  JOIN pg_stat_activity a ON a.pid = k.pid
  WHERE s.cluster_id = $1 AND s.expires_at <= clock_timestamp() AND a.wait_event = 'ClientRead'`;

/**
 * Takes or prolongs a lease by the server's clock. Never waits for a holder that lives; one whose lease has run out, and
 * that the server waits for, loses its connection and with it the window it was writing.
 */
export async function takeLease(connections: Connections, request: LeaseRequest): Promise<LeaseAnswer> {
  try {
    return await connections.write(async (session) => {
      await session.query(`SET LOCAL lock_timeout = ${LOCK_MILLISECONDS}`);
      return takeNow(session, request);
    });
  } catch (error) {
    if (!(error instanceof Failure) || stateOf(error.cause) !== LOCK_TIMEOUT) throw error;
  }
  return connections.single(async (session) => {
    const [other] = await session.query(
      `SELECT ${COLUMNS} FROM leases WHERE cluster_id = $1 AND holder <> $2 AND expires_at > clock_timestamp()`,
      [request.clusterId, request.holder],
    );
    if (other !== undefined) return { kind: 'refused', by: leaseOf(other) };
    await session.query(END_FROZEN, [request.clusterId]);
    return takeNow(session, request);
  });
}

async function takeNow(session: Session, request: LeaseRequest): Promise<LeaseAnswer> {
  const { clusterId, holder, holderName, durationSeconds } = request;
  for (;;) {
    const [taken] = await session.query(TAKE, [clusterId, holder, holderName, durationSeconds]);
    if (taken !== undefined) return { kind: 'held', lease: leaseOf(taken) };
    const [other] = await session.query(`SELECT ${COLUMNS} FROM leases WHERE cluster_id = $1 AND holder IS NOT NULL`, [
      clusterId,
    ]);
    if (other !== undefined) return { kind: 'refused', by: leaseOf(other) };
    // Given back between the two questions: now it is free.
  }
}

export async function releaseLease(session: Session, lease: Lease): Promise<void> {
  await session.query(
    `UPDATE leases SET holder = NULL, holder_name = NULL, expires_at = NULL
     WHERE cluster_id = $1 AND holder = $2 AND epoch = $3`,
    [lease.clusterId, lease.holder, lease.epoch],
  );
}

/** All that somebody holds, run out or not. */
export async function listLeases(session: Session): Promise<readonly Lease[]> {
  const lines = await session.query(`SELECT ${COLUMNS} FROM leases WHERE holder IS NOT NULL ORDER BY cluster_id`);
  return lines.map(leaseOf);
}

function leaseOf(line: unknown): Lease {
  const row = Line.parse(line);
  return {
    clusterId: row.cluster_id,
    holder: row.holder,
    holderName: row.holder_name,
    epoch: row.epoch,
    expiresAtSeconds: row.expires_at_seconds,
  };
}
