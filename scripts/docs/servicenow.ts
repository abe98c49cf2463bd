import { describeOptions, type OptionRow } from '@siembridge/servicenow'
import { canonicalStates, systems, toNative } from '@siembridge/sync'
import { code, fence, generated, page, table } from './markdown.ts'

const example = `targets:
  tickets:
    kind: servicenow
    url: https://contoso.service-now.com
    auth: { method: client-credentials, client_id: 0123456789abcdef, client_secret: "env:SN_SECRET" }
    rules:
      - name: security
        when: 'severity >= high'
        record: sn_si_incident            # incident, sn_si_incident or em_event
        group: incident                   # the alerts of a Defender incident share a ticket
        fields:
          assignment_group: Security Operations
          affected_user: '{{user.email | user.name}}'
      - name: the rest
        when: 'event.kind == "alert"'
        fields:
          category: security
          short_description: '{{rule.name | signature.name}} on {{host.name | "an unknown host"}}'
          caller_id: siem.integration
routes:
  - { name: tickets, from: [graph], to: [tickets], own_events: false }`

const signIns = [
  [
    'client-credentials',
    'OAuth client credentials: client_id, client_secret, scope. Needs glide.oauth.inbound.client.credential.grant_type.enabled=true and an OAuth Application User.',
  ],
  [
    'jwt',
    'JWT bearer: client_id, user (sub), key, key_id (kid), algorithm, audience, client_secret. Each token takes an assertion of its own; users with the role admin are refused.',
  ],
  ['password', 'OAuth password grant: client_id, client_secret, user, password; goes on with the refresh token.'],
  ['basic', 'user and password. Not for users with a second factor.'],
  ['certificate', 'Mutual TLS: cert and key of the target; the instance maps the certificate to a user.'],
] as const

/** Tickets: rules, options, and what is promised of them. */
export const serviceNowPage = (): string => {
  const { target, rule } = describeOptions()
  return page(
    generated,
    '# ServiceNow: from alert to ticket',
    'The target `servicenow` keeps one ticket for each alert, incident, entity or span up to date. It is a *state* target: it gets the newest revision of each ' +
      'object, and what is older than the ticket, or in it already, changes nothing.',
    fence(example, 'yaml'),
    'In templates `{{field}}` stands for a normalised field (`siembridge list fields`), `{{a | b | "text"}}` for the first that the event has; besides fields there are ' +
      "`severity`, `type`, `time`, `tenant`, `signature`, `signature.name`, `product`, `native` (Microsoft's id) and `object`. A field that an event does not have is empty and empties nothing " +
      'around it. Without templates `short_description` is the title, `description` what Microsoft says with product, ids, tactics and link, and `correlation_display` product and ' +
      'id. Names of groups, users and other records are looked up and written as `sys_id`.',
    '## Before the first ticket',
    '`siembridge check` reads `sys_dictionary`, `sys_choice`, roles and the rest, and names each wrong field, choice, length, mandatory field, reference, state, close code, right ' +
      'and time zone with its mend; it writes nothing. `siembridge tickets dry-run records.ndjson` prints the tickets that records would become, as a person would see them. ' +
      '`siembridge generate servicenow --out FOLDER` writes an update set with staging table and transform maps for `api: import-set`.',
    '## One ticket each',
    "A ticket's key is its `correlation_id`: `sb1:` and the SHA-256 of tenant and object, 47 characters. Before anything is written, tickets are looked up by their keys, and " +
      'what ServiceNow answers is compared with what was asked for: it leaves out what it does not understand of a query, and then every record matches. Each write ' +
      'stands in a journal (`targets/NAME` in the state directory) before it is made. A write without an answer is not made again before `settle` is over and the ticket was read: ' +
      'ServiceNow cuts transactions at 60 s that go on all the same. After an unclean stop the agent waits that long for the tickets concerned. Where two agents make a ' +
      'ticket at once, the older one stays and the other is cancelled, with a link to it and another correlation id.',
    'Fields are merged three ways: what only Microsoft changed is written, what only people changed stays, and where both did, `conflicts` decides. Notes carry a mark ' +
      '(`[sb:…]`) and are read before one is written that may be there. The evidence is a work note; the whole record is attached as `alert-HASH.json`, the hash being of ' +
      'its content, unless the route hides fields.',
    table(
      ['when the alert goes on and its ticket is', 'option', 'then'],
      [
        ['resolved', code('resolved'), 'reopen (preset), comment, or new'],
        ['closed or cancelled', code('closed'), 'new (preset; it points to the old one), or comment'],
        ['merged into another (closed, with a parent)', '', 'the parent gets the notes'],
        ['deleted, or hidden from the bridge', code('deleted'), 'new (preset), or leave'],
        ['closed by people after what came now happened', '', 'a comment'],
      ],
    ),
    'What Microsoft resolves is resolved (state 6, or 3 of security incidents) with a close code that the instance has, unless people moved the ticket since; `on_resolved` says otherwise. A ticket whose ' +
      'state the bridge has written six times within an hour is left alone.',
    '**Storm brake.** What a rule would make beyond `storm.tickets` within `storm.within` is folded into one parent ticket with counts; each alert is a line of its work notes ' +
      'with its id, and `siembridge tickets list --find ID` tells the ticket. Updates of tickets that are there are never held back.',
    '**Limits.** 429 pauses the destination for as long as ServiceNow says (`Retry-After`, else `X-RateLimit-Reset`); `requests_per_hour` keeps below a rate rule. ' +
      'Maintenance pages, sleeping instances and pages of single sign-on are no answers. What a data policy or business rule refuses goes to the dead letters with its reason; ' +
      'what a person must mend (credentials, roles) waits in the buffer and says so.',
    '## What was made, and why',
    '`siembridge tickets list` and `tickets journal` read the journal, also while the agent runs: every write, the revisions that it was made for, and what came of it. `siembridge status` counts tickets by ' +
      'their states, which are read back every `read_every` by `sys_updated_on`, with overlap and over all pages.',
    '## Signing in',
    table(
      ['`method`', ''],
      signIns.map(([name, text]) => [code(name), text]),
    ),
    'The user needs `itil` for incidents, `sn_si.analyst` for security incidents, `evt_mgmt_integration` for events, and read access to `sys_db_object`, `sys_dictionary`, `sys_choice` and ' +
      '`sys_user_has_role` for the pre-flight. Set its time zone to GMT.',
    '## Options of the target',
    optionTable(target),
    '## Options of a rule',
    optionTable(rule),
    '## States',
    'What a state means to each system. Writing back to Microsoft is not there yet; the table is what it will go by.',
    table(
      ['', ...systems],
      canonicalStates.map((state) => [state, ...systems.map((system) => nativeText(system, state))]),
    ),
    '## What was not tried',
    "No real instance was at hand: the simulated one (`packages/simulator`) follows ServiceNow's published REST API reference, release Australia, with the oddities that its users report. " +
      'What is known from general use alone, and switchable here: states and close codes (`resolve_state`, `reopen_state`, `close_code`), claims of JWT (`audience`), ' +
      'the user that `javascript:gs.getUserName()` gives in a query, and the form of update sets, which ServiceNow does not publish. A client-supplied `sys_id` is not used.',
  )
}

const nativeText = (system: (typeof systems)[number], canonical: (typeof canonicalStates)[number]): string => {
  const { state, verdict } = toNative(system, canonical)
  return verdict === undefined ? state : `${state}, ${verdict}`
}

const optionTable = (rows: readonly OptionRow[]): string =>
  table(
    ['option', 'preset', 'meaning'],
    rows.map(({ name, preset, meaning }) => [code(name), preset === 'needed' ? preset : code(preset), meaning]),
  )
