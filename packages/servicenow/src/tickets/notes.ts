import { noteMarker, type Member } from '@siembridge/sync'
import type { TicketEvent } from '../rules/event.ts'
import type { Rule } from '../rules/rule.ts'
import { evidenceOf, note, revisionNote, statusOf } from './evidence.ts'
import type { Item } from './plan.ts'
import { stormLine } from './storm-text.ts'
import { fit, noCode, oneLine } from './text.ts'

/** A piece of a note with its marker: it is not written where the marker stands already. */
export interface Block {
  readonly text: string
  readonly marker: string
}

/** A sentence of the bridge's own about a ticket. */
export const blockOf = (key: string, text: string): Block => ({ text: noCode(text), marker: noteMarker(key, text) })

const markerRoom = 20

export interface NotesInput {
  readonly key: string
  readonly rule: Rule
  readonly items: readonly Item[]
  readonly storm: boolean
  readonly lead: string | undefined
  readonly before: ReadonlyMap<string, Member>
  /** Longest note. */
  readonly length: number
}

/** What is told of the items in notes, in their order. */
export function blocksOf(input: NotesInput): Block[] {
  const { key, items, storm, length, before } = input
  let number = [...before.values()].filter(isToldOf).length
  return items.flatMap((item) => {
    if (item.attachOnly) return []
    const { event } = item
    const text = storm ? lineOf(event) : toldOf(input, event, number + 1)
    if (!isToldOf(before.get(event.object))) number++
    const marker = noteMarker(key, event.object, event.revision, event.digest)
    return text === '' ? [] : [{ text: note(text, length - markerRoom), marker }]
  })
}

/** Members that only belong to the ticket have not been told of. */
const isToldOf = (member: Member | undefined): boolean => (member?.digest ?? '') !== ''

const lineOf = (event: TicketEvent): string =>
  noCode(stormLine(event.severity, titleOf(event), event.native, statusOf(event)[0] ?? ''))

export const titleOf = (event: TicketEvent): string =>
  event.values('rule.name')[0] ?? (event.signature.name || event.type)

function toldOf({ rule, lead, before }: NotesInput, event: TicketEvent, number: number): string {
  if (isToldOf(before.get(event.object))) return event.change === 'unchanged' ? '' : revisionNote(event)
  const evidence = rule.options.evidence ? evidenceOf(event) : ''
  if (event.object === lead) return evidence === '' ? '' : `Evidence of ${oneLine(event.native)}\n${evidence}`
  const head = `Alert ${number} of this ticket: ${fit(oneLine(titleOf(event)), 160)} (${event.severity}, ${oneLine(event.native)})`
  return evidence === '' ? head : `${head}\n${evidence}`
}

/** Blocks as notes of at most so many characters: several go into one. */
export function pack(blocks: readonly Block[], length: number): string[] {
  const notes: string[] = []
  for (const { text, marker } of blocks) {
    const one = `${text} ${marker}`
    const last = notes.at(-1)
    if (last !== undefined && last.length + 1 + one.length <= length) notes[notes.length - 1] = `${last}\n${one}`
    else notes.push(one)
  }
  return notes
}
