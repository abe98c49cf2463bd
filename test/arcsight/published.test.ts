import { expect, test } from 'vitest'
import { contentOf } from './folder.ts'
import { published } from './published.ts'

const { parsers } = JSON.parse(contentOf('siembridge/report.json')) as {
  parsers: { type: string; shape?: string; fields: { field: string; to: string[] }[] }[]
}

const placesOf = (type: string, field: string): readonly string[] =>
  parsers.find((p) => p.type === type && p.shape === undefined)?.fields.find((row) => row.field === field)?.to ?? []

test.for(published)(
  '$type: $source goes to $published as published, or it is said why not',
  ({ type, field, published: wanted, why }) => {
    const places = placesOf(type, field)
    expect(places, field).not.toEqual([])
    if (why === undefined) expect(places).toContain(`event.${wanted}`)
    else expect(places, 'there is nothing to explain').not.toContain(`event.${wanted}`)
  },
)
