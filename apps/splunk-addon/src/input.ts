// The script of the add-on's inputs, as the launchers start it.
import { runProgram } from './input/program.ts'

void (async () => {
  const status = await runProgram(process.argv.slice(2))
  // Connections that are kept open must not keep the program.
  process.exit(status)
})()
