#!/usr/bin/env node
import { announce, readInput } from './read-input.ts'
import { openReceivers } from './receivers/receivers.ts'
import type { ReceiversSpec } from './receivers/spec.ts'

const receivers = await openReceivers(await readInput<ReceiversSpec>())
announce(receivers.address, receivers.stop)
