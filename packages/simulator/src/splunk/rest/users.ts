/** Somebody who signs in, and what the person's role may do (authorize.conf). */
export interface SplunkUser {
  readonly name: string
  readonly password: string
  readonly may: ReadonlySet<Right>
}

/** What is told apart: looking at inputs, changing anything, reading secrets. Everybody who is signed in reads configurations. */
export type Right = 'inputs' | 'change' | 'secrets'

export const administrator = { user: 'admin', password: 'simulated' } as const

export const users: readonly SplunkUser[] = [
  { name: administrator.user, password: administrator.password, may: new Set(['inputs', 'change', 'secrets']) },
  { name: 'power', password: 'simulated', may: new Set(['inputs']) },
  { name: 'guest', password: 'simulated', may: new Set() },
]

export const userBy = (name: string | null, password: string | null): SplunkUser | undefined =>
  users.find((user) => user.name === name && user.password === password)

interface Asked {
  readonly method: string
  readonly path: readonly string[]
}

const isSearch = (path: readonly string[]): boolean => path[0] === 'search'

/** The right that a request takes, where the person has not got it. */
export function lackingRight(user: SplunkUser, { method, path }: Asked): Right | undefined {
  const [first, second] = path
  const wanted: Right[] = [
    ...(first === 'storage' && second === 'passwords' ? (['secrets'] as const) : []),
    ...(first === 'data' && second === 'inputs' ? (['inputs'] as const) : []),
    ...(method !== 'GET' && !isSearch(path) ? (['change'] as const) : []),
  ]
  return wanted.find((right) => !user.may.has(right))
}
