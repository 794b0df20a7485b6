/** Flags of Kubescape that have no effect, in Kubescape itself or because nothing else can be had here. */

/** Flags that are taken, have no effect, and say so. */
export const IDLE_FLAGS: readonly {
  readonly flags: string
  readonly notice: string
  /** Every command takes it, and not scans alone. */
  readonly isEverywhere: boolean
}[] = [
  {
    flags: '-t, --fail-threshold <score>',
    notice: '--fail-threshold has no effect, in Kubescape neither: use --compliance-threshold',
    isEverywhere: false,
  },
  {
    flags: '--enable-streaming [wanted]',
    notice: '--enable-streaming has no effect: every scan reads object by object',
    isEverywhere: false,
  },
  {
    flags: '--environment <name>',
    notice: '--environment has no effect, in Kubescape neither: name a server with --server',
    isEverywhere: true,
  },
  {
    flags: '--env <name>',
    notice: '--env has no effect, in Kubescape neither: name a server with --server',
    isEverywhere: true,
  },
]
