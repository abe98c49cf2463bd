import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Audience } from './directory.ts'

/** What a bearer token says; `expires` in milliseconds of real time. */
export interface Grant {
  readonly audience: Audience
  readonly tenant: string
  readonly clientId: string
  readonly roles: readonly string[]
  readonly expires: number
}

/** Hands out bearer tokens that clients can read nothing from, and reads them back. */
export class Tokens {
  readonly #key = randomBytes(32)

  issue(grant: Grant): string {
    const payload = Buffer.from(JSON.stringify({ ...grant, id: randomUUID() })).toString('base64url')
    return `sim.${payload}.${this.#sign(payload)}`
  }

  /** The grant of a token of this process, expired or not; undefined for anything else. */
  read(token: string): Grant | undefined {
    const [, payload, signature] = /^sim\.([^.]+)\.([^.]+)$/.exec(token) ?? []
    if (payload === undefined || signature === undefined) return undefined
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#sign(payload))]
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Grant
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('base64url')
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
}
