/** Version of the science: rises when the same facts would give other figures. Stored with every row. */
export const CALCULATION_VERSION = '2.0.0';
