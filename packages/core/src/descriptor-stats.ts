import { fstatSync, type Stats, statSync } from 'node:fs'

/**
 * What an open descriptor is. Throws where it is not open. The look at a folder after it undoes what a look at a pipe does to Node's
 * `realpathSync`, and with it to `require` of packages behind links: it takes the next path for a pipe too and stops
 * (lib/fs.js, `isFileType(binding.statValues, S_IFIFO)`; seen with Node 20).
 */
export function descriptorStats(descriptor: number): Stats {
  try {
    return fstatSync(descriptor)
  } finally {
    statSync('/', { throwIfNoEntry: false })
  }
}
