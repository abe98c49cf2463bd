#!/usr/bin/env node
import { openCloud } from './cloud.ts'
import { announce, readInput } from './read-input.ts'
import type { Scenario } from './scenario.ts'

const cloud = await openCloud(await readInput<Scenario>())
announce(cloud.address, cloud.stop)
