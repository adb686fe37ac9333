/** True in a checkout with sources. */
export function isCheckout(): boolean;
/** Builds where a source is newer than the last build. */
export function ensureBuilt(): Promise<void>;
export function build(): Promise<void>;
