import { variables } from '@splunk/themes'
import styled, { css } from 'styled-components'

const looks = {
  success: css`
    background: ${variables.severityColorNormalWeak};
    color: ${variables.severityColorNormalStrong};
  `,
  info: css`
    background: ${variables.notificationColorInfoWeak};
    color: ${variables.notificationColorInfoStrong};
  `,
  warning: css`
    background: ${variables.notificationColorCautionWeak};
    color: ${variables.notificationColorCautionStrong};
  `,
  error: css`
    background: ${variables.notificationColorNegativeWeak};
    color: ${variables.notificationColorNegativeStrong};
  `,
  outline: css`
    box-shadow: inset 0 0 0 1px ${variables.borderColor};
    color: ${variables.contentColorActive};
  `,
} as const
export type BadgeLook = keyof typeof looks

/** A state in one or two words. */
export const Badge = styled.span<{ readonly look: BadgeLook }>`
  border-radius: 10px;
  display: inline-block;
  font-size: 12px;
  font-weight: 600;
  line-height: 20px;
  padding: 0 10px;
  white-space: nowrap;
  ${({ look }) => looks[look]}
`
