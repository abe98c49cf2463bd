import type { OutputFile } from '@siembridge/core'
import { confText } from '@siembridge/formats'
import { dataModels } from '../cim/models.ts'
import { appManifest } from './manifest.ts'

/** The name of the app that `siembridge generate splunk` writes, and of its folder. */
export const knowledgeApp = 'siembridge_knowledge'

/** Version of the app: that of this package. */
export const knowledgeVersion = '0.1.0'

const title = 'SIEMbridge knowledge objects'
const author = 'SIEMbridge'
const description = 'Sourcetypes, CIM fields, event types and tags for Microsoft events'

/** Data models that log types fill, as an app names them. */
export const filledModels: readonly string[] = [
  ...new Set(dataModels.map((model) => model.title.split(':')[0] as string)),
]

/** What makes a folder of knowledge objects an app: its name and its version. */
export const appFiles: readonly OutputFile[] = [
  {
    path: 'app.manifest',
    content: appManifest({
      id: knowledgeApp,
      title,
      author,
      version: knowledgeVersion,
      description,
      models: filledModels,
    }),
  },
  {
    path: 'default/app.conf',
    content: confText([
      {
        name: 'install',
        settings: [
          ['is_configured', 'false'],
          ['state', 'enabled'],
        ],
      },
      {
        name: 'ui',
        settings: [
          ['is_visible', 'false'],
          ['label', title],
        ],
      },
      {
        name: 'launcher',
        settings: [
          ['author', author],
          ['version', knowledgeVersion],
          ['description', description],
        ],
      },
      {
        name: 'package',
        settings: [
          ['id', knowledgeApp],
          ['check_for_updates', 'false'],
        ],
      },
      {
        name: 'id',
        settings: [
          ['name', knowledgeApp],
          ['version', knowledgeVersion],
        ],
      },
    ]),
  },
]

/** Everybody reads, administrators of Splunk Enterprise and of Splunk Cloud write, searches of every app see it. */
export const defaultMeta = '[]\nowner = admin\naccess = read : [ * ], write : [ admin, sc_admin ]\nexport = system\n'
