import { posix } from 'node:path'
import { linesOf } from '../app-package.ts'
import { error, type LintRule, noFile, warning } from '../rule.ts'

const dataUi =
  /^default\/data\/ui\/(?:nav\/[^/]+\.xml|views\/[^/]+\.xml|panels\/[^/]+\.xml|alerts\/.+\.html|html\/[^/]+\.html|views\/README|nav\/README)$/
const staticFile =
  /^static\/[^/]+\.(?:png|svg|pdf|js|css|html|txt|md|woff2?|ttf|eot|ico|gif|jpe?g|json|csv|xlsx?|docx?|zip)$/i
const lookupFile = /\.(?:csv|csv\.default|csv\.gz|csv\.tgz|kmz)$/

/** What may lie where in a package. */
export const layoutRules: readonly LintRule[] = [
  error(
    'check_that_splunk_app_package_does_not_contain_files_outside_of_app',
    'one folder at the top of the archive, named as the app',
    ({ roots, entries }) =>
      roots.length === 1 && entries.some(({ is, path }) => is === 'directory' && path === roots[0])
        ? []
        : [{ file: '', says: `at the top: ${roots.join(', ') || 'nothing'}` }],
  ),
  error(
    'check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files',
    'no hidden files and no __MACOSX',
    ({ entries }) =>
      entries
        .filter(({ path }) => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'))
        .map(({ path }) => ({ file: path, says: 'hidden, or made by an archiver' })),
  ),
  error('check_filenames_for_spaces', 'no spaces in the names of files', ({ entries }) =>
    entries.filter(({ path }) => path.includes(' ')).map(({ path }) => ({ file: path, says: 'a space in its name' })),
  ),
  error(
    'check_that_extracted_splunk_app_does_not_contain_files_with_invalid_permissions',
    'files that their owner can read and write',
    ({ entries }) =>
      entries
        .filter(({ is, mode }) => is === 'file' && (mode & 0o600) !== 0o600)
        .map(({ path, mode }) => ({ file: path, says: `mode ${mode.toString(8)}` })),
  ),
  error(
    'check_that_extracted_splunk_app_does_not_contain_invalid_directories',
    'folders that their owner can read, write and enter',
    ({ entries }) =>
      entries
        .filter(({ is, mode }) => is === 'directory' && (mode & 0o700) !== 0o700)
        .map(({ path, mode }) => ({ file: path, says: `mode ${mode.toString(8)}` })),
  ),
  error('check_for_bin_files', 'no execute bit outside of bin/ at the top of the app', ({ files }) =>
    files
      .filter(({ path, mode }) => (mode & 0o111) !== 0 && !/^(?:bin|appserver\/controllers)\//.test(path))
      .map(({ path }) => ({ file: path, says: 'it may be executed' })),
  ),
  error('check_for_expansive_permissions', 'nothing that everybody may write', ({ entries }) =>
    entries
      .filter(({ is, mode }) => is !== 'symlink' && (mode & 0o002) !== 0)
      .map(({ path, mode }) => ({ file: path, says: `mode ${mode.toString(8)}` })),
  ),
  error('check_symlink_outside_app', 'no symbolic link that leaves the app', ({ entries, name }) =>
    entries
      .filter(
        ({ is, path, target = '' }) =>
          is === 'symlink' && !posix.resolve('/', posix.dirname(path), target).startsWith(`/${name}/`),
      )
      .map(({ path, target }) => ({ file: path, says: `it leads to ${target ?? ''}` })),
  ),
  error('check_that_extracted_splunk_app_does_not_contains_only_app_conf_file', 'more than app.conf', ({ files }) =>
    files.length > 1 ? [] : [{ file: '', says: 'there is nothing in it' }],
  ),
  error('check_that_local_does_not_exist', 'no local/: that belongs to who installs the app', (app) =>
    app.below('local').map(({ path }) => ({ file: path, says: 'it is in local/' })),
  ),
  noFile('check_for_local_meta', 'metadata/local.meta', 'no local.meta'),
  error('check_metadata_allow_list', 'nothing but .meta files in metadata/', (app) =>
    app
      .below('metadata')
      .filter(({ path }) => !path.endsWith('.meta'))
      .map(({ path }) => ({ file: path, says: 'not a .meta file' })),
  ),
  error('check_static_directory_file_allow_list', 'known kinds of files in static/, none deeper', (app) =>
    app
      .below('static')
      .filter(({ path }) => !staticFile.test(path))
      .map(({ path }) => ({ file: path, says: 'not of a kind that static/ may hold' })),
  ),
  error('check_default_data_ui_file_allow_list', 'views, navigation and panels in default/data/ui/', (app) =>
    app
      .below('default/data/ui')
      .filter(({ path }) => !dataUi.test(path))
      .map(({ path }) => ({ file: path, says: 'not of a kind that default/data/ui/ may hold' })),
  ),
  error('check_lookups_allow_list', 'tables and maps in lookups/', (app) =>
    app
      .below('lookups')
      .filter(({ path }) => !lookupFile.test(path))
      .map(({ path }) => ({ file: path, says: 'neither .csv nor .kmz' })),
  ),
  error('check_cherrypy_controllers', 'no controllers: Splunk Web no longer runs them', (app) => [
    ...app.below('appserver/controllers').map(({ path }) => ({ file: path, says: 'a controller' })),
    ...app
      .stanzas('web')
      .filter(({ name }) => name.startsWith('endpoint:'))
      .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` })),
  ]),
  error('check_for_compiled_python', 'no compiled Python', ({ files }) =>
    files.filter(({ path }) => /\.py[co]$/.test(path)).map(({ path }) => ({ file: path, says: 'compiled Python' })),
  ),
  error('check_that_users_does_not_exist', 'no folder of users', (app) =>
    app.below('users').map(({ path }) => ({ file: path, says: 'it is in users/' })),
  ),
  error('check_for_git_merge_conflict_in_app', 'no marks of a merge', ({ files }) =>
    files.flatMap((file) =>
      linesOf(file)
        .filter(({ text }) => /^(?:<{7} |>{7} )/.test(text))
        .map(({ line }) => ({ file: file.path, line, says: 'a merge that was not finished' })),
    ),
  ),
  warning('check_basic_readme', 'a README at the top', ({ files }) =>
    files.some(({ path }) => /^README(?:\.\w+)?$/i.test(path)) ? [] : [{ file: '', says: 'there is none' }],
  ),
]
