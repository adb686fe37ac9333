import type { Lease, LeaseAnswer, LeaseRequest } from '../../../src/core/ports/leases.ts';
import { Failure } from '../../../src/model/failure.ts';

interface Kept extends Lease {
  readonly isReleased: boolean;
}

/** Leases and epochs by cluster, over a clock that the test may set. */
export class MemoryLeases {
  nowSeconds = (): number => Math.floor(Date.now() / 1000);
  readonly #kept = new Map<string, Kept>();
  readonly #written = new Map<string, number>();

  take(request: LeaseRequest): LeaseAnswer {
    const { clusterId, holder, holderName, durationSeconds } = request;
    const known = this.#kept.get(clusterId);
    const running = known !== undefined && !known.isReleased && known.expiresAtSeconds > this.nowSeconds();
    if (running && known.holder !== holder) return { kind: 'refused', by: plain(known) };
    const epoch = running ? known.epoch : this.#youngest(clusterId) + 1;
    const expiresAtSeconds = this.nowSeconds() + durationSeconds;
    const lease = { clusterId, holder, holderName, epoch, expiresAtSeconds };
    this.#kept.set(clusterId, { ...lease, isReleased: false });
    return { kind: 'held', lease };
  }

  release(lease: Lease): void {
    const known = this.#kept.get(lease.clusterId);
    if (known === undefined || known.holder !== lease.holder || known.epoch !== lease.epoch) return;
    this.#kept.set(lease.clusterId, { ...known, isReleased: true });
  }

  list(): readonly Lease[] {
    return [...this.#kept.values()].filter(({ isReleased }) => !isReleased).map(plain);
  }

  /** Remembers who wrote; throws `Failure` conflict for an epoch older than any granted or that wrote. */
  write(clusterId: string, epoch: number): void {
    if (epoch < this.#youngest(clusterId)) throw new Failure('conflict', 'Another one has taken over this cluster');
    this.#written.set(clusterId, epoch);
  }

  #youngest(clusterId: string): number {
    return Math.max(this.#kept.get(clusterId)?.epoch ?? 0, this.#written.get(clusterId) ?? 0);
  }
}

function plain({ clusterId, holder, holderName, epoch, expiresAtSeconds }: Kept): Lease {
  return { clusterId, holder, holderName, epoch, expiresAtSeconds };
}
