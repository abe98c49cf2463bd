/** An answer of the instance: JSON, or a page where `body` is a text. */
export interface InstanceAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

export const fine = (
  result: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): InstanceAnswer => ({
  status,
  headers,
  body: { result },
})

export const failed = (status: number, message: string, detail = ''): InstanceAnswer => ({
  status,
  body: { error: { message, detail: detail === '' ? null : detail }, status: 'failure' },
})

export const page = (status: number): InstanceAnswer => ({
  status,
  body: '<!DOCTYPE html><html><head><title>ServiceNow</title></head><body>Please wait.</body></html>',
})

export const forbidden = (operation: string): InstanceAnswer =>
  failed(403, 'Operation Failed', `ACL Exception ${operation} Failed due to security constraints`)

export const policy = (fields: readonly string[]): InstanceAnswer =>
  failed(
    403,
    'Operation Failed',
    `Error: Data Policy Exception: The following fields are mandatory: ${fields.join(', ')}`,
  )
