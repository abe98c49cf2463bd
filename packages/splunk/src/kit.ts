import type { ParserKit } from '@siembridge/core'
import { verifyKnowledge } from './evaluate/verify.ts'
import { appFiles, defaultMeta, knowledgeApp } from './knowledge/app-files.ts'
import { compatibleSourcetypes, generateKnowledge } from './knowledge/generate.ts'
import { stepsText } from './knowledge/steps.ts'

/** Knowledge objects for Splunk as an app, and what they make of records in the flat form. */
export const splunkKit: ParserKit = {
  name: 'splunk',
  title: 'knowledge objects for Splunk: sourcetypes, CIM fields, event types and tags',
  generateOptions: [
    {
      flags: '--compatible-props',
      help: "also props for the sourcetypes of Microsoft's older add-ons; only where those are not installed",
    },
  ],
  verifyOptions: [],
  generate(types, options) {
    const compatibleProps = options.compatibleProps === true
    const { files, plans, findings } = generateKnowledge(types, { compatibleProps })
    const app = [...appFiles, { path: 'metadata/default.meta', content: defaultMeta }, ...files]
    return {
      files: [
        ...app.map(({ path, content }) => ({ path: `${knowledgeApp}/${path}`, content })),
        { path: 'README.md', content: stepsText(plans, compatibleProps ? compatibleSourcetypes(types) : []) },
      ],
      findings,
    }
  },
  verify: (files) => verifyKnowledge(files),
}
