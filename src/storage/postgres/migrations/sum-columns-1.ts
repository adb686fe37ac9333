const REAL = 'double precision NOT NULL';

/** The columns of a roll-up as migration 1 makes them. */
export const SUM_COLUMNS_1 = `
  joules ${REAL}, joules_low ${REAL}, joules_high ${REAL}, -- J, IT energy before PUE
  joules_dynamic ${REAL}, joules_idle ${REAL}, -- J, of pod rows
  joules_system ${REAL}, joules_unallocated ${REAL}, -- J, of rows of that kind
  joules_measured ${REAL}, joules_default ${REAL}, -- J, of rows whose power is so known
  pue_joules ${REAL}, -- J after PUE
  intensity_joules ${REAL}, -- J x g/kWh
  co2e_grams ${REAL}, co2e_low_grams ${REAL}, co2e_high_grams ${REAL}, -- g, operational
  embodied_co2e_grams ${REAL}, embodied_low_grams ${REAL}, embodied_high_grams ${REAL}, -- g
  unallocated_co2e_grams ${REAL}, -- g, operational and embodied of unallocated rows
  total_cost ${REAL}, cost_low ${REAL}, cost_high ${REAL}, -- money
  cpu_request_millicore_seconds ${REAL}, cpu_usage_millicore_seconds ${REAL},
  memory_request_byte_seconds ${REAL}, memory_usage_byte_seconds ${REAL},
  network_receive_bytes ${REAL}, network_transmit_bytes ${REAL},
  restart_count ${REAL}`;
