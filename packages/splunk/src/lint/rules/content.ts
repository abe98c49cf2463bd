import type { AppFile } from '../app-package.ts'
import { linesOf } from '../app-package.ts'
import { error, type LintPlace, type LintRule, warning } from '../rule.ts'

const script = /\.(?:sh|cmd|bat|ps1|py|c?js|mjs)$/
const prose = /\.(?:txt|md|rst|org)$/

function* matching(files: readonly AppFile[], pattern: RegExp, says: (found: string) => string): Generator<LintPlace> {
  for (const file of files)
    for (const { text, line } of linesOf(file)) {
      const found = pattern.exec(text)
      if (found) yield { file: file.path, line, says: says(found[0].slice(0, 60)) }
    }
}

/** Addresses that any network may use: private, own, documentation, link-local, multicast, and masks. */
const harmless =
  /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2(?:2[4-9]|[34]\d|5[0-5])\.)/

const secretShapes = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./,
  /\b(?:client_secret|password|passwd|secret_key)\s*[=:]\s*["'][^"'$<{\s]{8,}["']/i,
]

const isElf = (content: Buffer): boolean => content.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))
const isPe = (content: Buffer): boolean => content.subarray(0, 2).toString('latin1') === 'MZ'

/** What stands in files of any kind. */
export const contentRules: readonly LintRule[] = [
  error('check_invoking_bundled_node', 'nothing that asks Splunk for its Node, which is gone', ({ files }) =>
    matching(
      files.filter(({ path }) => !prose.test(path)),
      /cmd node|["']cmd["'], ?["']node["']/,
      (found) => found,
    ),
  ),
  error('check_manipulation_outside_of_app_container', 'no paths into other apps', ({ files }) =>
    matching(
      files.filter(({ path }) => /\.(?:conf|xml|meta|sh|cmd)$/.test(path)),
      /(?:^|[\s"'=/])\.\.\/\.\.\/|\betc\/apps\/(?!\$)[A-Za-z]/,
      (found) => found.trim(),
    ),
  ),
  error('check_destructive_commands', 'nothing that deletes trees, and no shell as root', ({ files }) =>
    matching(
      files.filter(({ path }) => /\.(?:sh|cmd|bat|ps1|conf)$/.test(path)),
      /\brm\s+-[a-z]*[rf]|\brmdir\s+\/s|\bdel\s+\/[sf]|\bmkfs\b|\bdd\s+if=|\bsudo\b/,
      (found) => found,
    ),
  ),
  error('check_for_sensitive_info_in_url', 'no secrets in addresses', ({ files }) =>
    matching(
      files.filter(({ path }) => !prose.test(path) && !path.startsWith('bin/')),
      /https?:\/\/[^\s"'<>]*(?:[?&](?:password|passwd|pwd|token|secret|api_?key|sig)=[^\s"'<>&$]|\/\/[^\s/"'@]+:[^\s/"'@]+@)/i,
      (found) => found,
    ),
  ),
  error('check_for_secret_disclosure', 'nothing that looks like a secret', ({ files }) =>
    secretShapes.flatMap((shape) => [
      ...matching(
        files.filter(({ path }) => !path.startsWith('bin/')),
        shape,
        () => 'it looks like a secret',
      ),
    ]),
  ),
  warning('check_hostnames_and_ips', 'no addresses of real networks', ({ files }) =>
    files
      .filter(({ path }) => !path.startsWith('bin/') && !path.startsWith('LICENSES/'))
      .flatMap((file) =>
        linesOf(file).flatMap(({ text, line }) =>
          [...text.matchAll(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g)]
            .map(([address]) => address)
            .filter((address) => address.split('.').every((part) => Number(part) < 256) && !harmless.test(address))
            .map((address) => ({ file: file.path, line, says: address })),
        ),
      ),
  ),
  error(
    'check_scripts_line_ends',
    'line feeds alone in scripts for sh: CR would be read as part of the command',
    ({ files }) =>
      files
        .filter(({ path, text }) => path.endsWith('.sh') && text.includes('\r'))
        .map(({ path }) => ({ file: path, says: 'it holds CR' })),
  ),
  error(
    'check_launchers_pass_arguments',
    'launchers that replace themselves and pass their arguments whole',
    ({ files }) =>
      files
        .filter(
          ({ path, text }) => /^bin\/[^/]+\.sh$/.test(path) && !(/^\s*.*\bexec\b/m.test(text) && text.includes('"$@"')),
        )
        .map(({ path }) => ({ file: path, says: 'without exec … "$@"' })),
  ),
  error('check_for_binary_files_without_source_code', 'every binary is declared in the README', ({ files }) => {
    const readme = files.find(({ path }) => /^README(?:\.\w+)?$/i.test(path))?.text ?? ''
    const declared = /^# Binary File Declaration$/m.test(readme)
      ? readme.slice(readme.indexOf('# Binary File Declaration'))
      : ''
    return files
      .filter(({ path, content }) => (isElf(content) || isPe(content)) && !declared.includes(path))
      .map(({ path }) => ({ file: path, says: 'not in "# Binary File Declaration"' }))
  }),
  warning('check_aarch64_compatibility', 'programs for ARM, or none', ({ files }) =>
    files
      // e_machine 183 is AArch64 (ELF for the Arm 64-bit Architecture).
      .filter(({ content }) => isElf(content) && content.readUInt16LE(18) !== 183)
      .map(({ path }) => ({ file: path, says: 'not for ARM' })),
  ),
  error('check_python_is_not_shipped', 'no Python: everything is one bundled script', ({ files }) =>
    files.filter(({ path }) => path.endsWith('.py')).map(({ path }) => ({ file: path, says: 'Python' })),
  ),
  error('check_text_is_utf8', 'text in UTF-8', ({ files }) =>
    files
      .filter(
        ({ path, text }) =>
          (/\.(?:conf|spec|meta|xml|html|csv|txt|md|manifest)$/.test(path) || script.test(path)) &&
          text.includes('\u{FFFD}'),
      )
      .map(({ path }) => ({ file: path, says: 'not UTF-8' })),
  ),
]
