/** What proves to a server who is asking. */

/** One proof. */
export interface Credential {
  /** Value of the `Authorization` header. */
  readonly authorization?: string
  /** A client certificate and its key, in PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string }
  /** When it ends, in milliseconds since 1970, where its maker says so. */
  readonly expiresAt?: number
}

/** Where proofs come from. */
export interface Credentials {
  /** A proof; the same as long as it is good. Throws `ClusterError` when there is none to be had. */
  get(signal: AbortSignal): Promise<Credential>
  /** Forgets the proof that the server did not accept; false when there can be no other. */
  forget(refused: Credential): boolean
}

/** The header of a token. */
export function bearer(token: string): string {
  return `Bearer ${token.trim()}`
}
