import { memberOf, Part } from './parts.ts'

/** V8 keeps an object of more than a thousand members as a hash table, and inlines no getter of it. */
const mostGetters = 500
const shelves: object[] = [Part.prototype]
/** Getters that the last shelf has room for; none once it is laid out. */
let room = 0
/** Shelves that are laid out. */
let settled = 0

export function addGetter(name: string, id: number): void {
  const shelf = room === 0 ? newShelf() : shelves.at(-1)
  room--
  Object.defineProperty(shelf, name, {
    get(this: Part) {
      return memberOf(this, id)
    },
  })
}

/** Behind those before it in the chain of prototypes. */
function newShelf(): object {
  const shelf = {}
  Object.setPrototypeOf(shelves.at(-1), shelf)
  shelves.push(shelf)
  room = mostGetters
  return shelf
}

/**
 * V8 lays out prototypes for speed when a load is seen that goes through them, and stops at the first where it has done so. Each is
 * therefore shown to it, last to first, in a loop that is long enough for it to look; or else no getter would ever be inlined.
 */
export function settle(): number {
  let seen = 0
  room = 0
  for (const shelf of shelves.slice(settled).toReversed()) {
    const below = Object.create(shelf) as Part
    for (let i = 0; i < 500; i++) if (below.$ !== undefined) seen++
  }
  settled = shelves.length
  return seen
}
