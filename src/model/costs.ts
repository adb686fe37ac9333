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

/** What a cost source says of one window, in `currency`. */
export interface WindowCosts {
  readonly currency: string;
  readonly pods: readonly PodCost[];
  /** What nobody held, over the whole cluster; kept apart and never spread. */
  readonly idle: CostParts;
}
