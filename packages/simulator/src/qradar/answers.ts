/** What a handler answers; a body is JSON. */
export interface ConsoleAnswer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const titles: Readonly<Record<number, string>> = {
  401: 'You are unauthorized to access the requested resource.',
  403: 'Your account is not authorized to access the requested resource.',
  404: 'We could not find the resource you requested.',
  405: 'The method is not allowed for the requested resource.',
  409: 'The request could not be completed due to a conflict with the current state of the resource',
  422: 'The request was well-formed but was unable to be followed due to semantic errors',
  503: 'The server is temporarily unavailable.',
}

/** An error as the API writes it: `http_response`, the unique code of the endpoint, a message. */
export const failed = (status: number, code: number, message: string): ConsoleAnswer => ({
  status,
  body: {
    http_response: { code: status, message: titles[status] ?? '' },
    code,
    message,
    description: message,
    details: {},
  },
})

export const made = (body: unknown): ConsoleAnswer => ({ status: 201, body })
export const fine = (body: unknown): ConsoleAnswer => ({ status: 200, body })
