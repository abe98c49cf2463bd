import { all, first, literal, lower, part, table, when } from '../build.ts'
import type { EntityKind, Expr } from '../model.ts'

type Fields = Readonly<Record<string, Expr>>

/** Blob hashes: `[{algorithm, value}]`, the algorithm as the enum spells it or in capitals. */
const blobHash = (name: string): Expr =>
  first(`fileHashes[algorithm=${name}].value`, `fileHashes[algorithm=${name.toUpperCase()}].value`)

/** What an Azure resource id tells. */
export const azureResource = (at: string): Fields => ({
  'microsoft.resource.id': at,
  'cloud.account.id': when({ [at]: '/subscriptions/*' }, lower(part(at, '/', 2))),
  'microsoft.resource.group': when({ [at]: '/subscriptions/*/resourcegroups/*' }, lower(part(at, '/', 4))),
})

const kubernetes = (type: string, more: Fields = {}): EntityKind => ({
  class: 'resource',
  id: 'name',
  name: 'name',
  fields: {
    'orchestrator.type': literal('kubernetes'),
    'orchestrator.resource.type': literal(type),
    'orchestrator.resource.name': 'name',
    'orchestrator.namespace': 'namespace.name',
    'orchestrator.cluster.name': 'namespace.cluster.name',
    ...more,
  },
})

const container = (at: string): Fields => ({
  'container.name': `${at}.name`,
  'container.id': `${at}.containerId`,
  'container.image.name': `${at}.image.imageId`,
})

const kubernetesKinds: Readonly<Record<string, EntityKind>> = {
  kubernetesClusterEvidence: {
    class: 'resource',
    id: first('cloudResource.resourceId', 'cloudResource.amazonResourceId', 'cloudResource.fullResourceName', 'name'),
    name: 'name',
    fields: {
      'orchestrator.type': literal('kubernetes'),
      'orchestrator.cluster.name': 'name',
      'orchestrator.cluster.version': 'version',
      'cloud.provider': table(lower('platform'), { aks: 'azure', arc: 'azure', eks: 'aws', gke: 'gcp' }, literal('')),
      'cloud.service.name': 'distribution',
      ...azureResource('cloudResource.resourceId'),
    },
  },
  kubernetesNamespaceEvidence: {
    class: 'resource',
    id: 'name',
    name: 'name',
    fields: {
      'orchestrator.type': literal('kubernetes'),
      'orchestrator.namespace': 'name',
      'orchestrator.cluster.name': 'cluster.name',
    },
  },
  kubernetesPodEvidence: kubernetes('pod', {
    'host.ip': 'podIp.ipAddress',
    ...container('containers[]'),
  }),
  // The kind of controller: Deployment, ReplicaSet, DaemonSet…
  kubernetesControllerEvidence: kubernetes('controller', {
    'orchestrator.resource.type': first(lower('type'), literal('controller')),
  }),
  kubernetesSecretEvidence: kubernetes('secret', { 'microsoft.resource.type': 'secretType' }),
  kubernetesServiceAccountEvidence: {
    ...kubernetes('service-account', { 'user.name': 'name' }),
    class: 'user',
  },
  kubernetesServiceEvidence: kubernetes('service', {
    'host.ip': all('clusterIP.ipAddress', 'externalIPs[].ipAddress'),
    'service.type': 'serviceType',
  }),
  containerEvidence: {
    class: 'resource',
    id: first('containerId', 'name'),
    name: first('name', 'containerId'),
    fields: {
      'container.name': 'name',
      'container.id': 'containerId',
      'container.image.name': 'image.imageId',
      'process.args': all('command[]', 'args[]'),
      'orchestrator.resource.name': 'pod.name',
      'orchestrator.namespace': 'pod.namespace.name',
      'orchestrator.cluster.name': 'pod.namespace.cluster.name',
    },
  },
  containerImageEvidence: {
    class: 'resource',
    id: first('digestImage.imageId', 'imageId'),
    name: 'imageId',
    fields: { 'container.image.name': 'imageId', 'microsoft.resource.name': 'registry.registry' },
  },
  containerRegistryEvidence: {
    class: 'resource',
    id: 'registry',
    name: 'registry',
    fields: { 'microsoft.resource.name': 'registry', 'microsoft.resource.type': literal('container-registry') },
  },
}

const applications: Readonly<Record<string, EntityKind>> = {
  cloudApplicationEvidence: {
    class: 'application',
    id: first('appId', 'saasAppId'),
    name: first('displayName', 'instanceName'),
    fields: {
      'microsoft.app.id': first('appId', 'saasAppId'),
      'microsoft.app.name': 'displayName',
      'service.id': 'instanceId',
      'service.name': 'instanceName',
    },
  },
  oauthApplicationEvidence: {
    class: 'application',
    id: first('appId', 'objectId'),
    name: 'displayName',
    fields: {
      'microsoft.app.id': 'appId',
      'microsoft.app.name': 'displayName',
      'microsoft.object_id': 'objectId',
    },
  },
  servicePrincipalEvidence: {
    class: 'application',
    id: first('servicePrincipalObjectId', 'appId'),
    name: 'servicePrincipalName',
    fields: {
      'microsoft.service_principal.id': 'servicePrincipalObjectId',
      'microsoft.service_principal.name': 'servicePrincipalName',
      'microsoft.app.id': 'appId',
      'microsoft.home_tenant_id': first('appOwnerTenantId', 'tenantId'),
      'microsoft.user_type': 'servicePrincipalType',
    },
  },
  aiAgentEvidence: {
    class: 'application',
    id: 'agentId',
    name: first('agentName', 'agentId'),
    fields: { 'microsoft.app.id': 'agentId', 'microsoft.app.name': 'agentName', 'service.type': 'hostingPlatformType' },
  },
}

const gitHub = (type: string, id: string, name: Expr): EntityKind => ({
  class: 'resource',
  id,
  name,
  fields: {
    'microsoft.resource.id': id,
    'microsoft.resource.name': name,
    'microsoft.resource.type': literal(type),
    'microsoft.resource.provider': literal('github'),
  },
})

const resources: Readonly<Record<string, EntityKind>> = {
  azureResourceEvidence: {
    class: 'resource',
    id: 'resourceId',
    name: first('resourceName', 'resourceId'),
    fields: {
      ...azureResource('resourceId'),
      'microsoft.resource.name': 'resourceName',
      'microsoft.resource.type': 'resourceType',
      'cloud.provider': literal('azure'),
    },
  },
  amazonResourceEvidence: {
    class: 'resource',
    id: 'amazonResourceId',
    name: first('resourceName', 'amazonResourceId'),
    fields: {
      'microsoft.resource.id': 'amazonResourceId',
      'microsoft.resource.name': 'resourceName',
      'microsoft.resource.type': 'resourceType',
      'cloud.account.id': 'amazonAccountId',
      'cloud.provider': literal('aws'),
    },
  },
  googleCloudResourceEvidence: {
    class: 'resource',
    id: first('fullResourceName', 'resourceName'),
    name: first('resourceName', 'fullResourceName'),
    fields: {
      'microsoft.resource.id': 'fullResourceName',
      'microsoft.resource.name': 'resourceName',
      'microsoft.resource.type': 'resourceType',
      'cloud.project.id': 'projectId',
      'cloud.account.id': 'projectNumber',
      'cloud.region': 'location',
      'cloud.provider': literal('gcp'),
    },
  },
  blobEvidence: {
    class: 'file',
    id: first('url', 'name'),
    name: 'name',
    fields: {
      'file.name': 'name',
      'file.path': first('url', 'name'),
      'url.original': 'url',
      'file.hash.sha256': blobHash('sha256'),
      'file.hash.sha1': blobHash('sha1'),
      'file.hash.md5': blobHash('md5'),
      ...azureResource('blobContainer.storageResource.resourceId'),
    },
  },
  blobContainerEvidence: {
    class: 'resource',
    id: first('url', 'name'),
    name: 'name',
    fields: {
      ...azureResource('storageResource.resourceId'),
      'microsoft.resource.name': 'name',
      'url.original': 'url',
    },
  },
  sasTokenEvidence: {
    class: 'resource',
    id: 'signatureHash',
    name: 'signatureHash',
    fields: {
      ...azureResource('storageResource.resourceId'),
      'microsoft.resource.type': literal('sas-token'),
    },
  },
  gitHubOrganizationEvidence: gitHub('organization', 'orgId', first('login', 'displayName')),
  gitHubRepoEvidence: gitHub('repository', 'repoId', 'login'),
}

/** Evidence kinds about clouds, containers and applications (sources-graph §1.3). */
export const cloudKinds: Readonly<Record<string, EntityKind>> = { ...resources, ...kubernetesKinds, ...applications }
