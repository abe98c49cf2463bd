/** What an installer wants to know of an app. */
export interface ManifestFacts {
  readonly id: string
  readonly title: string
  readonly author: string
  readonly version: string
  readonly description: string
  /** Data models of the Common Information Model that it fills. */
  readonly models: readonly string[]
  /** Files of the package. */
  readonly licence?: string
  readonly releaseNotes?: string
}

const nobody = { name: null, text: null, uri: null }

/** app.manifest of schema 2.0.0 (Splunk Packaging Toolkit): what an installer and AppInspect read first. */
export const appManifest = (facts: ManifestFacts): string =>
  `${JSON.stringify(
    {
      schemaVersion: '2.0.0',
      info: {
        title: facts.title,
        id: { group: null, name: facts.id, version: facts.version },
        author: [{ name: facts.author, email: null, company: null }],
        releaseDate: null,
        description: facts.description,
        classification: { intendedAudience: null, categories: [], developmentStatus: null },
        commonInformationModels: Object.fromEntries(facts.models.map((model) => [model, '>=5.0.0'])),
        license: facts.licence === undefined ? nobody : { name: 'Apache-2.0', text: facts.licence, uri: null },
        privacyPolicy: nobody,
        releaseNotes:
          facts.releaseNotes === undefined ? nobody : { name: 'README', text: facts.releaseNotes, uri: null },
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
