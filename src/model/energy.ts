/**
 * Joules that a meter of the machine counted in one window, as the meter gives them: before the losses between its
 * place and the plug. Zones are never added up: either the whole platform, or package and DRAM. METHODOLOGY 1.8.
 */
export interface NodeMeter {
  readonly exporter: 'kepler' | 'kepler-legacy';
  readonly zone: 'platform' | 'package';
  /** Above idle: what work took. */
  readonly activeJoules: number;
  readonly idleJoules: number;
  /** True where the exporter says (or nothing else is possible) that its own model made the value. */
  readonly isModelled: boolean;
}

/** One GPU of a node in one window. */
export interface GpuUsage {
  /** Name or UUID of the card on its node. */
  readonly card: string;
  /** As the driver or the node's label names it, for example `NVIDIA-A100-SXM4-40GB`; null where nothing does. */
  readonly model: string | null;
  /** Measured by the card; null without such samples. */
  readonly joules: number | null;
  /** Mean of 0 to 1 over the window; null without samples. */
  readonly utilisation: number | null;
  /** The pod that holds it; null where it is free, or where nothing says whose it is. */
  readonly pod: { readonly namespace: string; readonly name: string } | null;
}

/** A persistent volume claim in one window. */
export interface VolumeUsage {
  readonly namespace: string;
  readonly claim: string;
  readonly storageClass: string | null;
  /** CSI driver or in-tree plugin, for example `ebs.csi.aws.com`; null where nothing says. */
  readonly provisioner: string | null;
  /** `type` or `skuname` among the parameters of its class, for example `gp3` or `st1`. */
  readonly diskType: string | null;
  /** What was asked for: the provider sets that aside, used or not. */
  readonly requestedBytes: number;
  readonly usedBytes: number | null;
  /** Seconds of the window in which it was bound; 0 < alive ≤ window. */
  readonly aliveSeconds: number;
  /** A node that mounts it; its place is the volume's then. */
  readonly node: string | null;
  /** Availability zone that it can be mounted in; left out where nothing says. */
  readonly zone?: string;
  readonly team: string | null;
}
