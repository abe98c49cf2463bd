/** Everything that is written stands below `user/agent`, where a connector looks for it. */
export const folder = 'siembridge'

/** Base name of the parser of a log type: what a connector's set-up calls the configuration file. */
export const baseOf = (type: string): string => `siembridge_${type.replace(/[^a-z0-9]/g, '_')}`

export const parserPath = (base: string): string => `flexagent/${base}.jsonparser.properties`
