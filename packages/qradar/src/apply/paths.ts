const sources = '/config/event_sources/log_source_management'
const properties = '/config/event_sources/custom_properties'

/** Paths of the collections that are read and written (IBM QRadar RESTful API 26.0). */
export const paths = {
  categories: '/data_classification/low_level_categories',
  qids: '/data_classification/qid_records',
  mappings: '/data_classification/dsm_event_mappings',
  types: `${sources}/log_source_types`,
  extensions: `${sources}/log_source_extensions`,
  sources: `${sources}/log_sources`,
  protocols: `${sources}/protocol_types`,
  collectors: `${sources}/event_collectors`,
  properties: `${properties}/regex_properties`,
  json: `${properties}/property_json_expressions`,
  leef: `${properties}/property_leef_expressions`,
  deploy: '/staged_config/deploy_status',
} as const
