import { type ErrorName, SiembridgeError } from '@siembridge/core'
import type { Answer } from '../http/send.ts'

/** An answer of Graph that is an error. */
export class GraphProblem extends SiembridgeError {
  readonly httpStatus: number
  /** `error.code` and `error.message` of the body. */
  readonly graphCode: string
  readonly graphMessage: string
  constructor(row: ErrorName, subject: string, httpStatus: number, graphCode: string, graphMessage: string) {
    super(row, subject, [`status ${httpStatus}`, graphCode, graphMessage.slice(0, 300)].filter(Boolean).join(', '))
    this.name = 'GraphProblem'
    this.httpStatus = httpStatus
    this.graphCode = graphCode
    this.graphMessage = graphMessage
  }
}

/** How Graph says that a licence is missing, with status 403 and in GCC High also 400. */
const licence = /licen[cs]e|premium|RequestFromNonPremiumTenant|RequestFromUnsupportedUserRole.*B2C/i

function rowOf(status: number, text: string): ErrorName {
  if (licence.test(text) && (status === 403 || status === 400)) return 'LicenceMissing'
  if (status === 401) return 'TokenRefused'
  if (status === 403) return 'PermissionMissing'
  return status === 404 ? 'StreamMissing' : 'RequestRefused'
}

/** The error of an answer that is not 200. `subject` says what was asked, with the permission that it takes. */
export function graphProblem({ status, json }: Answer, subject: string): GraphProblem {
  const error = (json as { error?: { code?: unknown; message?: unknown } } | undefined)?.error
  const [code, message] = [error?.code, error?.message].map((part) => (typeof part === 'string' ? part : ''))
  return new GraphProblem(rowOf(status, `${code} ${message}`), subject, status, code ?? '', message ?? '')
}
