import Link from '@splunk/react-ui/Link'
import type { ReactElement } from 'react'
import type { StreamFacts } from '../facts.ts'
import { Code, CodeBlock } from '../common/layout.tsx'
import type { Account } from '../splunk/accounts.ts'

/** Origins of Entra's admin center by cloud; where there is none, nothing is linked. */
const centers: Readonly<Record<string, string>> = {
  public: 'https://entra.microsoft.com',
  gcc: 'https://entra.microsoft.com',
  'gcc-high': 'https://entra.microsoft.us',
  dod: 'https://entra.microsoft.us',
}

/** The page of an app registration on which its permissions are granted. */
function permissionsPage({ cloud, client_id: id }: Account): string | undefined {
  const center = centers[cloud]
  return center === undefined || id === ''
    ? undefined
    : `${center}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/${encodeURIComponent(id)}`
}

const list = { margin: '4px 0', paddingLeft: 20 } as const

interface GrantProps {
  readonly account: Account | undefined
  readonly streams: readonly StreamFacts[]
  /** What to do when it is done; the button beside it does it. */
  readonly then: string
}

/** Which application permissions are missing, and how they are granted. */
export function Grant({ account, streams, then }: GrantProps): ReactElement {
  const wanted = new Map(streams.map((stream) => [`${stream.api.name} ${stream.permission}`, stream]))
  if (account?.credential === 'managed_identity') return <GrantIdentity streams={[...wanted.values()]} then={then} />
  const page = account && permissionsPage(account)
  return (
    <div>
      <b>How to grant it</b>
      <ol style={list}>
        <li>
          Open{' '}
          {page === undefined ? (
            <>the app registration in Microsoft Entra: App registrations › All applications</>
          ) : (
            <Link to={page} openInNewContext>
              API permissions of the app registration in Microsoft Entra
            </Link>
          )}
          {account && account.client_id !== '' && (
            <>
              {' '}
              (application <Code>{account.client_id}</Code>)
            </>
          )}
          .
        </li>
        {[...wanted.values()].map(({ api, permission }) => (
          <li key={permission}>
            Choose Add a permission ›{' '}
            {api.name === 'Microsoft Graph' ? 'Microsoft APIs › ' : 'APIs my organization uses › '}
            {api.name} › Application permissions, and tick <Code>{permission}</Code>.
          </li>
        ))}
        <li>Press Grant admin consent. It takes the role Privileged Role Administrator, and up to a few minutes.</li>
        <li>{then}</li>
      </ol>
    </div>
  )
}

const script = ({
  api,
  permission,
}: StreamFacts): string => `$api = Get-MgServicePrincipal -Filter "appId eq '${api.appId}'"
$role = $api.AppRoles | Where-Object Value -eq '${permission}'
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $identity.Id -PrincipalId $identity.Id -ResourceId $api.Id -AppRoleId $role.Id`

/** A managed identity has no page for its permissions (Microsoft, "Assign a managed identity access to an application role"). */
function GrantIdentity({ streams, then }: Pick<GrantProps, 'streams' | 'then'>): ReactElement {
  const lines = [
    'Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All, Application.Read.All',
    `$identity = Get-MgServicePrincipal -Filter "displayName eq 'NAME OF THE MACHINE'"`,
    ...streams.map((stream) => script(stream)),
  ]
  return (
    <div>
      <b>How to grant it</b>
      <ol style={list}>
        <li>
          A managed identity gets permissions by PowerShell (Microsoft.Graph), as Privileged Role Administrator:
          <CodeBlock tabIndex={0}>{lines.join('\n')}</CodeBlock>
        </li>
        <li>A new permission can take some hours, until the machine gets a new token. {then}</li>
      </ol>
    </div>
  )
}
