import { about } from '../about.ts'

/** app.manifest of schema 2.0.0 (Splunk Packaging Toolkit): what an installer and AppInspect read first. */
export const appManifest = (version: string, models: readonly string[]): string =>
  `${JSON.stringify(
    {
      schemaVersion: '2.0.0',
      info: {
        title: about.label,
        id: { group: null, name: about.id, version },
        author: [{ name: about.author, email: null, company: null }],
        releaseDate: null,
        description: about.description,
        classification: { intendedAudience: null, categories: [], developmentStatus: null },
        commonInformationModels: Object.fromEntries(models.map((model) => [model, '>=5.0.0'])),
        license: { name: 'Apache-2.0', text: 'LICENSES/Apache-2.0.txt', uri: null },
        privacyPolicy: { name: null, text: null, uri: null },
        releaseNotes: { name: 'README', text: 'README.txt', uri: null },
      },
      dependencies: null,
      tasks: null,
      inputGroups: null,
      incompatibleApps: null,
      platformRequirements: { splunk: { Enterprise: '>=9.1' } },
      supportedDeployments: ['_standalone', '_distributed', '_search_head_clustering'],
      targetWorkloads: ['_search_heads', '_indexers', '_forwarders'],
    },
    null,
    2,
  )}\n`
