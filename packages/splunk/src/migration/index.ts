// Migration from older add-ons, for pages in a browser and for Node alike: nothing here uses a module of Node.
//
//   const read = await readOlder(ask, Date.now())       reads, changes nothing
//   const migration = propose(read, choices)            what would become of each older input; what cannot be read
//   const steps = stepsFor(migration)                   the requests that would be made, to be shown
//   await applySteps(steps, { ask, now: Date.now, tell }) makes them, when the administrator says so
export { olderAddOns } from './add-ons/index.ts'
export { type ApplyOptions, applySteps } from './apply.ts'
export { type LastEvent } from './last-events.ts'
export type {
  AccountForm,
  Move,
  OlderAddOn,
  OlderKind,
  PositionForm,
  SecretForm,
  SourcetypePair,
  StreamsBySetting,
} from './older.ts'
export { ourApp, ourConf, ourRealm, ourState } from './ours.ts'
export { type Choice, propose } from './propose.ts'
export type {
  AccountProposal,
  AddOnMigration,
  InputMove,
  InputProposal,
  Migration,
  OlderInput,
  Position,
  SecretSource,
  Step,
  StepResult,
  Unreadable,
} from './proposal.ts'
export { type OlderRead, readOlder, type Row, type SecretName } from './read.ts'
export { type Ask, type RestAnswer, type RestEntry, restPath, type RestRequest } from './rest.ts'
export { stepsFor } from './steps.ts'
