import type { ReactElement } from 'react'
import { Code } from './layout.tsx'

/** A sentence in which names stand between backticks. */
export const Words = ({ text }: { readonly text: string }): ReactElement => (
  <>{text.split('`').map((part, at) => (at % 2 === 1 ? <Code key={`${at} ${part}`}>{part}</Code> : part))}</>
)

/** Sentences, each once. */
export const WordList = ({ texts }: { readonly texts: readonly string[] }): ReactElement => (
  <ul style={{ margin: 0, paddingLeft: 18 }}>
    {[...new Set(texts)].map((text) => (
      <li key={text}>
        <Words text={text} />
      </li>
    ))}
  </ul>
)
