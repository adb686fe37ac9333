import type { ClusterIdentity } from '../../model/cluster.ts';
import type { WindowCosts } from '../../model/costs.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { EpochSeconds, Window } from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import type { OwnerLabels } from '../kubernetes/owner-labels.ts';
import type { LayoutSource } from './layout-source.ts';
import type { ObjectFeed } from './object-feed.ts';

/** One context of a kubeconfig (or the sample), as a list shows it. Nothing connects for this. */
export interface ContextDescription {
  readonly name: string;
  /** File it came from; null for contexts that no file holds. */
  readonly file: string | null;
  readonly clusterName: string;
  /** `https://host:port`, without credentials; null where the context is broken. */
  readonly serverUrl: string | null;
  readonly userName: string | null;
  readonly namespace: string | null;
  readonly authKind: 'none' | 'certificate' | 'token' | 'token-file' | 'basic' | 'exec' | 'auth-provider' | 'unknown';
  readonly isCurrent: boolean;
  readonly isSample: boolean;
  /** Why it can't be used; null if it can. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
}

export interface ContextFile {
  readonly path: string;
  /** Why it could not be read; null if it could. Other files are not affected. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
}

export interface ContextListing {
  readonly files: readonly ContextFile[];
  readonly contexts: readonly ContextDescription[];
}

/** Where contexts come from: kubeconfig files, or the sample cluster. */
export interface ContextSource {
  /** True where connections have a feed of objects; a source without one is not connected to for it. */
  readonly hasFeed?: true;
  /** Layouts of clusters that it knows without following their objects. */
  readonly layouts?: LayoutSource;
  list(): Promise<ContextListing>;
  /** Calls back after a file changed; the answer stops it. */
  watch(onChange: () => void): () => void;
  /** Prepares a connection; nothing is sent before its first call. Throws `Failure` for a broken context. */
  connect(contextName: string, options: ConnectOptions): Promise<ClusterConnection>;
}

/** How the person set the metrics source of a context; everything empty means: find it. */
export interface ConnectOptions {
  readonly prometheus: PrometheusSettings;
  readonly openCost: OpenCostSettings;
  /** Labels that name teams and cost centers; left out: the usual ones. */
  readonly ownerLabels?: OwnerLabels;
  /** Where grid intensity and hardware are known from now; left out: from the bundled tables. */
  readonly coefficientWords?: (signal: AbortSignal) => Promise<CoefficientWords>;
}

/** `off` asks nobody; null looks for it among the Services. */
export interface OpenCostSettings {
  readonly url: string | null;
  readonly isOff: boolean;
}

export const NO_OPENCOST_SETTINGS: OpenCostSettings = { url: null, isOff: false };

export interface PrometheusSettings {
  /** By hand; null means discovery among the Services. */
  readonly url: string | null;
  readonly auth:
    | { readonly kind: 'none' }
    | { readonly kind: 'bearer'; readonly token: string }
    | { readonly kind: 'basic'; readonly username: string; readonly password: string };
  /** PEM of an own certificate authority. */
  readonly certificateAuthority: string | null;
  /** Label matchers added to each selector, for a Prometheus that many clusters share: `cluster="prod"`. */
  readonly extraMatchers: string | null;
  /** Sent with each request, for example `X-Scope-OrgID`. */
  readonly tenantHeader: { readonly name: string; readonly value: string } | null;
}

export const NO_PROMETHEUS_SETTINGS: PrometheusSettings = {
  url: null,
  auth: { kind: 'none' },
  certificateAuthority: null,
  extraMatchers: null,
  tenantHeader: null,
};

export type CheckedSource = 'kubernetes' | 'usage' | 'energy' | 'cost' | 'grid' | 'hardware';

export interface SourceCheck {
  readonly source: CheckedSource;
  readonly state: 'running' | 'passed' | 'partial' | 'failed' | 'not-tried';
  readonly detail: string;
  readonly hint: string | null;
  readonly latencyMilliseconds: number | null;
  readonly failure: Failure | null;
}

/** What a check says of one source. */
export type StepWords = Pick<SourceCheck, 'state' | 'detail' | 'hint'>;
export type CoefficientWords = Readonly<Record<'grid' | 'hardware', StepWords>>;

/** How one source that a connection itself found, or looked for, did when it was last asked. */
export interface ConnectionSource {
  readonly id: 'prometheus' | 'kubelet' | 'kepler' | 'opencost';
  /** `waiting`: not needed, or not asked yet. */
  readonly state: 'working' | 'failed' | 'waiting' | 'not-set-up';
  readonly message: string | null;
  readonly hint: string | null;
  readonly lastGoodAtSeconds: EpochSeconds | null;
}

/** A live way to one cluster. Each call obeys its signal and ends within its own time-outs. */
export interface ClusterConnection {
  readonly contextName: string;
  identify(signal: AbortSignal): Promise<ClusterIdentity>;
  readInventory(signal: AbortSignal): Promise<Inventory>;
  /**
   * Readings of contiguous windows of one length, in order, one reading a window. Works in pieces of bounded
   * memory: the caller takes a reading before the next piece is fetched.
   */
  readUsage(windows: readonly Window[], inventory: Inventory, signal: AbortSignal): AsyncIterable<UsageReading>;
  /**
   * What the cluster's own cost source (OpenCost) says of a window; null without one, where it has nothing of that time,
   * and for a while after it failed. Throws `Failure`.
   */
  readCosts(window: Window, signal: AbortSignal): Promise<WindowCosts | null>;
  /** Kubernetes first, then usage; later ones are `not-tried` when an earlier one failed. */
  check(signal: AbortSignal): AsyncIterable<SourceCheck>;
  /** The oldest instant that usage can be read for; null if unknown. */
  oldestUsageSeconds(signal: AbortSignal): Promise<EpochSeconds | null>;
  /** Why usage of the past can't be read now; null where it can. Left out: it can always. */
  historyProblem?(signal: AbortSignal): Promise<Failure | null>;
  /** True while it remembers samples that a new connection would lack: a failure of usage alone should not end it. */
  isWorthKeeping?(): boolean;
  /** Nothing is asked for this. */
  sources?(): readonly ConnectionSource[];
  /** The cluster's objects as they change, over the same connections. Left out: there is no API server behind it. */
  feed?(): ObjectFeed;
  /** Its credentials were refused: who connects from now on reads them anew. */
  renew?(): void;
  close(): Promise<void>;
}
