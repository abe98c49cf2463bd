/** Knowledge objects for Splunk: generated from the catalog, and run over events without a Splunk. */
export { verifyKnowledge } from './evaluate/verify.ts'
export { generateKnowledge } from './knowledge/generate.ts'
export { knowledgePlan } from './knowledge/plan.ts'
export type { KnowledgePlan } from './knowledge/plan.ts'
