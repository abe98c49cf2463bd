import { xmlText } from './xml.ts'

/** A parameter of an input, as Splunk shows and demands it. */
export interface IntroducedArgument {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly required: boolean
}

/** A kind of input. */
export interface IntroducedScheme {
  readonly title: string
  readonly description: string
  readonly arguments: readonly IntroducedArgument[]
}

/** What `--scheme` prints (Splunk, "Define a scheme for introspection"): one process streams events for all inputs of it. */
export const schemeDocument = ({ title, description, arguments: all }: IntroducedScheme): string => `<scheme>
  <title>${xmlText(title)}</title>
  <description>${xmlText(description)}</description>
  <use_external_validation>true</use_external_validation>
  <use_single_instance>true</use_single_instance>
  <streaming_mode>xml</streaming_mode>
  <endpoint>
    <args>
${all.map(argument).join('')}    </args>
  </endpoint>
</scheme>
`

const argument = ({ name, title, description, required }: IntroducedArgument): string => `      <arg name="${name}">
        <title>${xmlText(title)}</title>
        <description>${xmlText(description)}</description>
        <data_type>string</data_type>
        <required_on_edit>false</required_on_edit>
        <required_on_create>${required}</required_on_create>
      </arg>
`

/** What a refused input is answered with. */
export const refusalDocument = (reason: string): string => `<error><message>${xmlText(reason)}</message></error>\n`
