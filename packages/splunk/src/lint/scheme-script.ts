/**
 * Where splunkd looks for the program of a modular input, in order: a folder of the machine's architecture comes before `bin/`
 * (Splunk, "Modular inputs configuration", "Architecture-specific scripts").
 */
export const scriptPlaces: Readonly<
  Record<'linux' | 'windows' | 'darwin', readonly { readonly folder: string; readonly extensions: readonly string[] }[]>
> = {
  linux: [
    { folder: 'linux_x86_64/bin', extensions: ['', '.sh', '.py'] },
    { folder: 'linux_x86/bin', extensions: ['', '.sh', '.py'] },
    { folder: 'bin', extensions: ['', '.sh', '.py'] },
  ],
  darwin: [
    { folder: 'darwin_x86_64/bin', extensions: ['', '.sh', '.py'] },
    { folder: 'darwin_x86/bin', extensions: ['', '.sh', '.py'] },
    { folder: 'bin', extensions: ['', '.sh', '.py'] },
  ],
  windows: [
    { folder: 'windows_x86_64/bin', extensions: ['.exe', '.cmd', '.bat', '.py'] },
    { folder: 'windows_x86/bin', extensions: ['.exe', '.cmd', '.bat', '.py'] },
    { folder: 'bin', extensions: ['.exe', '.cmd', '.bat', '.py'] },
  ],
}

/** Path below the app of the program that a platform would run for a scheme. */
export function scriptOf(
  scheme: string,
  platform: keyof typeof scriptPlaces,
  has: (path: string) => boolean,
): string | undefined {
  return scriptPlaces[platform]
    .flatMap(({ folder, extensions }) => extensions.map((extension) => `${folder}/${scheme}${extension}`))
    .find((path) => has(path))
}
