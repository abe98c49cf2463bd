import type { OutputFile } from '@siembridge/core'
import { confText } from '@siembridge/formats'

/** The name of the app that `siembridge generate splunk` writes, and of its folder. */
export const knowledgeApp = 'siembridge_knowledge'

/** Version of the app: that of this package. */
export const knowledgeVersion = '0.1.0'

/** What makes a folder of knowledge objects an app: its name, its version, and who may see and change them. */
export const appFiles: readonly OutputFile[] = [
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
          ['label', 'SIEMbridge knowledge objects'],
        ],
      },
      {
        name: 'launcher',
        settings: [
          ['author', 'SIEMbridge'],
          ['version', knowledgeVersion],
          ['description', 'Sourcetypes, CIM fields, event types and tags for Microsoft events'],
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
