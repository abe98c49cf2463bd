export { errorTable, SiembridgeError } from './errors.ts'
export type { ErrorName } from './errors.ts'
export { descriptorStats } from './descriptor-stats.ts'
export { exit } from './exit.ts'
export type { ExitStatus } from './exit.ts'
export type { Logger, LogLevel, LogOptions } from './logging.ts'
export { framedCef } from './records/late.ts'
export { RecordReader } from './records/reader.ts'
export type { RecordHandler } from './records/reader.ts'
export type { Annotated, AnnotatedEvent, Annotator, Change, Encoder, Sink, Unreadable } from './contracts/annotate.ts'
export type { ApplyChange, ApplyContext, ApplyKit, ApplySession } from './contracts/apply-kit.ts'
export type { Finding } from './contracts/finding.ts'
export type {
  FieldProblem,
  KitOption,
  KitOptions,
  OutputFile,
  ParsedEvent,
  ParserKit,
  ParserProblem,
  Verifier,
} from './contracts/parser-kit.ts'
export { noRecords, recordAt, recordCount, recordsOf } from './contracts/records.ts'
export type { Records } from './contracts/records.ts'
export type { Lane, LaneSpec, OwnEvent, Source, SourceContext, StreamReport } from './contracts/source.ts'
export { eventAt, eventsIn } from './contracts/target.ts'
export type { Delivery, Parcel, Receipt, Target, TargetContext } from './contracts/target.ts'
export { failureText, runAgain } from './running/run-again.ts'
export type { RunAgain } from './running/run-again.ts'
export { systemClock } from './clock.ts'
export type { Clock } from './clock.ts'
export type { Budgets } from './budget/budgets.ts'
export type { Secrets } from './secrets/secrets.ts'
