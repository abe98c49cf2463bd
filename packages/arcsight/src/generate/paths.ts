/** Steps and report stand here, apart from what a connector reads. */
export const folder = 'siembridge'

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '_')

/** Base name of the parser of a log type's flat form: what a connector's set-up calls the configuration file. */
export const baseOf = (type: string): string => `siembridge_${plain(type)}`

/** Base name of the parser of Microsoft's record in a shape. */
export const rawBaseOf = (type: string, shape: string): string => `siembridge_raw_${plain(type)}_${plain(shape)}`

/** Below `user/agent`, where a connector looks for it. */
export const parserPath = (base: string): string => `flexagent/${base}.jsonparser.properties`
