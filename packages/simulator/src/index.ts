export { startCloud } from './client/cloud.ts'
export { startReceivers } from './client/receivers.ts'
export { openCloud } from './cloud.ts'
export { defaultClientId, defaultSecret, defaultTenantId } from './defaults.ts'
export { faultKinds } from './faults/fault.ts'
export { createApplicationCertificate } from './net/application-certificate.ts'
export { createAuthority } from './net/certificates.ts'
export { defaultHecToken } from './receivers/hec-spec.ts'
export { openReceivers } from './receivers/receivers.ts'
export { administrator } from './splunk/rest/users.ts'
export { openSplunk } from './splunk/splunk.ts'
export { contentTypes, graphStreams, streamNames } from './streams.ts'
export type { ApplicationName, Cloud, IssueOptions } from './client/cloud.ts'
export type { StartOptions } from './client/process.ts'
export type { Receivers } from './client/receivers.ts'
export type { CloudAddress, RunningCloud } from './cloud.ts'
export type { CloudStats, StreamCount } from './control/cloud-stats.ts'
export type { Duration } from './duration.ts'
export type { Fault, FaultKind } from './faults/fault.ts'
export type { FaultRule } from './faults/rule.ts'
export type { RequestEntry } from './http/call.ts'
export type { TokenCount } from './login/token-counts.ts'
export type { ApplicationCertificate } from './net/application-certificate.ts'
export type { Authority, KeyPair } from './net/certificates.ts'
export type { HecSpec, HecToken } from './receivers/hec-spec.ts'
export type { Receiver } from './receivers/receiver.ts'
export type { ReceiverFault, ReceiverFaultKind } from './receivers/receiver-fault.ts'
export type { ReceivedEvent } from './receivers/recorder.ts'
export type { ReceiversAddress, RunningReceivers } from './receivers/receivers.ts'
export type { ReceiverSpec, ReceiversSpec } from './receivers/spec.ts'
export type {
  ActivityScenario,
  ApplicationScenario,
  GraphScenario,
  Lateness,
  LoginScenario,
  RetryAfterForm,
  Scenario,
  ServiceName,
  StreamScenario,
  TenantScenario,
  ThrottlingScenario,
} from './scenario.ts'
export type { IndexedEvent } from './splunk/event-index.ts'
export type { ModularInput } from './splunk/inputs/modular-inputs.ts'
export type { RunningInput } from './splunk/inputs/running-input.ts'
export type { LogLine } from './splunk/log.ts'
export type { SimulatedSplunk, SplunkSpec } from './splunk/splunk.ts'
export type { ContentType, GraphStream, StreamName } from './streams.ts'
export type { Obligation } from './world/ledger.ts'
export type { VersionState } from './world/version.ts'
