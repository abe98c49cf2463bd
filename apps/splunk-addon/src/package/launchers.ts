import { about } from '../about.ts'

/** Folders below bin/runtime for the Node that a package carries. */
export const runtimePlatforms = {
  linux_x86_64: { node: 'node', machine: 'Linux-x86_64' },
  linux_arm64: { node: 'node', machine: 'Linux-aarch64' },
  windows_x86_64: { node: 'node.exe', machine: 'Windows' },
} as const
export type RuntimePlatform = keyof typeof runtimePlatforms

const missing =
  `FATAL siembridge: no Node.js ${about.leastNode} or newer was found; Splunk 10.2 and later bring none. ` +
  'Install it, name it in SIEMBRIDGE_NODE in etc/splunk-launch.conf, or install the package that carries it'

const unixMachines = Object.entries(runtimePlatforms).filter(([, { node }]) => node === 'node')

/**
 * What splunkd starts on Linux: the first Node that is new enough, with the script in the launcher's place, so that signals reach
 * it. Variables that splunkd sets for its own libraries would mislead another program.
 */
export const unixLauncher = (scheme: string): string => `#!/bin/sh
case "$0" in */*) d=\${0%/*} ;; *) d=. ;; esac
d=$(cd "$d" && pwd) || exit 1
unset LD_LIBRARY_PATH OPENSSL_CONF NODE_OPTIONS
case "$(uname -s 2>/dev/null)-$(uname -m 2>/dev/null)" in
${unixMachines.map(([folder, { machine }]) => `  ${machine}) p=${folder} ;;\n`).join('')}  *) p=none ;;
esac
for n in "$SIEMBRIDGE_NODE" "$d/runtime/$p/node" "$SPLUNK_HOME/bin/node" "$(command -v node)"; do
  [ -n "$n" ] && [ -x "$n" ] || continue
  "$n" -e 'process.exit(parseInt(process.versions.node, 10) < ${about.leastNode} ? 1 : 0)' </dev/null >/dev/null 2>&1 || continue
  exec "$n" "$d/${about.script}" --input ${scheme} "$@"
done
echo "${missing}" >&2
exit 1
`

/** The same on Windows. Splunk up to 10.1 brings a Node there too, and an old one. */
export const windowsLauncher = (scheme: string): string =>
  `@echo off
setlocal
set "OPENSSL_CONF="
set "NODE_OPTIONS="
set "found="
call :try "%SIEMBRIDGE_NODE%"
call :try "%~dp0runtime\\windows_x86_64\\node.exe"
call :try "%SPLUNK_HOME%\\bin\\node.exe"
for %%p in (node.exe) do call :try "%%~$PATH:p"
if not defined found goto missing
"%found%" "%~dp0${about.script}" --input ${scheme} %*
exit /b %errorlevel%
:try
if defined found exit /b 0
if not exist "%~1" exit /b 0
"%~1" -e "process.exit(parseInt(process.versions.node, 10) < ${about.leastNode} ? 1 : 0)" <nul >nul 2>nul && set "found=%~1"
exit /b 0
:missing
echo ${missing} 1>&2
exit /b 1
`.replaceAll('\n', '\r\n')
