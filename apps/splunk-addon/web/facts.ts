import type { PageFacts, SchemeFacts, StreamFacts } from '../src/page-facts.ts'

/** Put in place by `scripts/bundle-pages.ts`. */
declare const PAGE_FACTS: PageFacts

/** What the pages know of the add-on. */
export const facts: PageFacts = PAGE_FACTS

export type { SchemeFacts, StreamFacts }

export const schemeBy = (name: string): SchemeFacts | undefined => facts.schemes.find((scheme) => scheme.name === name)

/** An input as a person knows it: names are given once a kind. */
export const inputTitle = (scheme: string, name: string): string => `${name} (${schemeBy(scheme)?.title ?? scheme})`

export const streamBy = (scheme: string, name: string): StreamFacts | undefined =>
  schemeBy(scheme)?.streams.find((stream) => stream.name === name)
