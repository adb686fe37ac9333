/** Version of the science: rises when the same facts would give other figures. Stored with every row. */
export const CALCULATION_VERSION = '1.0.0';
