import type { ReactElement } from 'react'
import { Frame } from '../../app/frame.tsx'

export function MigrationPage(): ReactElement {
  return (
    <Frame page="migration" about="Inputs of older add-ons for Microsoft’s data, taken over.">
      <span />
    </Frame>
  )
}
