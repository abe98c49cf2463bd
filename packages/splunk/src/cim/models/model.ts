/**
 * Data models of Splunk's Common Information Model, as far as log types fill them: what must be there, what may, and which
 * values are allowed. After the field tables that Splunk tests its own add-ons with (pytest-splunk-addon, data_models) and the
 * Common Information Model Add-on Manual. Event types are named by `id`, tags come from `tags`.
 */
export interface DataModel {
  readonly id: string
  /** As Splunk names the data model and its dataset. */
  readonly title: string
  readonly tags: readonly string[]
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Allowed values of a field; any unless told. */
  readonly values?: Readonly<Record<string, readonly string[]>>
  /** Fields that must be there where others have these values. */
  readonly conditional?: readonly {
    readonly field: string
    readonly where: Readonly<Record<string, readonly string[]>>
  }[]
}

export const severities = ['critical', 'high', 'medium', 'low', 'informational'] as const
export const outcomes = ['success', 'failure'] as const
