import { variables } from '@splunk/themes'
import styled, { createGlobalStyle } from 'styled-components'

/** Colours and text of the page itself, which belongs to nobody else. */
export const PageStyle = createGlobalStyle`
  html, body { margin: 0; min-height: 100%; }
  body {
    background: ${variables.backgroundColorPage};
    color: ${variables.contentColorActive};
    color-scheme: ${variables.colorScheme};
    font: ${variables.fontSize}/1.5 ${variables.fontFamily};
  }
  :focus-visible { outline: 3px solid ${variables.focusColor}; outline-offset: 1px; }
  main:focus,
  main h1:focus { outline: none; }
`

export const Rows = styled.div<{ readonly gap?: number }>`
  display: flex;
  flex-direction: column;
  gap: ${({ gap = 16 }) => gap}px;
`

export const Line = styled.div<{ readonly end?: boolean }>`
  align-items: center;
  display: flex;
  flex-wrap: wrap;
  gap: 12px;
  ${({ end }) => (end === true ? 'justify-content: flex-end;' : '')}
`

/** What is said in passing stands above everything else, and takes no room while there is nothing. */
export const Said = styled.div`
  > * {
    margin-bottom: 16px;
  }
`

export const Panel = styled.section`
  background: ${variables.backgroundColorSection};
  border: 1px solid ${variables.borderColorWeak};
  border-radius: 4px;
  padding: 16px 20px;

  > h2 {
    margin: 0 0 12px;
  }
`

export const Muted = styled.span`
  color: ${variables.contentColorDefault};
`

export const Code = styled.code`
  background: ${variables.interactiveColorOverlaySelected};
  border-radius: 3px;
  color: ${variables.contentColorActive};
  font-family: ${variables.monoFontFamily};
  font-size: 0.9em;
  overflow-wrap: anywhere;
  padding: 1px 4px;
`

export const CodeBlock = styled.pre`
  background: ${variables.interactiveColorOverlaySelected};
  border-radius: 3px;
  color: ${variables.contentColorActive};
  font-family: ${variables.monoFontFamily};
  font-size: 12px;
  margin: 8px 0;
  max-height: 240px;
  overflow: auto;
  padding: 8px 12px;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`
