/** Money by resource. */
export interface CostParts {
  readonly cpu: number;
  readonly memory: number;
  readonly gpu: number;
  readonly storage: number;
  readonly network: number;
}

export interface PodCost extends CostParts {
  readonly namespace: string;
  readonly pod: string;
}

/** What a cost source says of one window, in `currency`; null where it doesn't tell, then it is taken as the cluster's. */
export interface WindowCosts {
  readonly currency: string | null;
  readonly pods: readonly PodCost[];
  /** What nobody held, over the whole cluster; kept apart and never spread. */
  readonly idle: CostParts;
}
