export interface PeerResult {
  readonly name: string
  readonly text: string
}

export async function peers(_lines: readonly Buffer[]): Promise<readonly PeerResult[]> {
  return []
}
