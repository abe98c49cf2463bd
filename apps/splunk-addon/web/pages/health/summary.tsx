import { variables } from '@splunk/themes'
import type { ReactElement } from 'react'
import styled from 'styled-components'
import { type InputState, type InputView, inputStates } from '../../common/input-state.ts'
import { count, span } from '../../common/time.ts'

const Cards = styled.dl`
  display: grid;
  gap: 12px;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
  margin: 0;
`

const Card = styled.div`
  background: ${variables.backgroundColorSection};
  border: 1px solid ${variables.borderColorWeak};
  border-radius: 4px;
  display: flex;
  flex-direction: column-reverse;
  justify-content: flex-end;
  padding: 12px 16px;

  dt {
    color: ${variables.contentColorDefault};
  }
  dd {
    font-size: 24px;
    font-weight: 600;
    line-height: 1.3;
    margin: 0;
  }
`

const wanting: readonly InputState[] = ['failing', 'silent', 'partly']

export function Summary({ views }: { readonly views: readonly InputView[] }): ReactElement {
  const of = (states: readonly InputState[]): number => views.filter(({ state }) => states.includes(state)).length
  const sum = (value: (view: InputView) => number): number => views.reduce((total, view) => total + value(view), 0)
  const lags = views.filter(({ input }) => !input.disabled).flatMap(({ lagMs }) => lagMs ?? [])
  const cards = [
    ['Inputs', count(views.length)],
    [inputStates.collecting.label, count(of(['collecting']))],
    ['Want attention', count(of(wanting))],
    [inputStates.throttled.label, count(of(['throttled']))],
    ['Events, 24 h', count(sum(({ today }) => today))],
    ['Longest lag', lags.length === 0 ? '–' : span(Math.max(...lags))],
    ['Dead letters', count(sum(({ status }) => status?.deadLetters ?? 0))],
  ] as const
  return (
    <Cards>
      {cards.map(([label, value]) => (
        <Card key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Card>
      ))}
    </Cards>
  )
}
