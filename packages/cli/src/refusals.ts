/** table: commands and flags that Kubescape has and this program refuses, with the reason and what to do instead. */

/** Something that is refused. */
export interface Refusal {
  /** As it is typed: `--scan-images`, `-u`, `vap deploy-library`. */
  readonly names: readonly string[]
  /** Completes "... is refused: ". */
  readonly reason: string
  /** A sentence: what to do instead. */
  readonly hint: string
}

const NO_IMAGES = 'this version does not look for vulnerabilities in images'
const USE_IMAGE_SCANNER = 'Leave it out, and scan images with a scanner of vulnerabilities, such as grype or trivy.'
const NO_ACCOUNTS = 'there is no account at a service'
const USE_SERVER =
  'Send reports to a server of your own: --submit --server URL, with its token in KUBESCAPE_SERVER_TOKEN.'

/** Flags. */
export const REFUSED_FLAGS: readonly Refusal[] = [
  {
    names: [
      '--scan-images',
      '--image-scan-concurrency',
      '--image-platform',
      '--use-default-matchers',
      '--registry-mapping',
      '--registry-username',
      '--registry-password',
      '--registry-token',
      '--registry-authority',
      '--grype-db-url',
      '--skip-db-update',
      '--only-fixable',
    ],
    reason: NO_IMAGES,
    hint: USE_IMAGE_SCANNER,
  },
  {
    names: ['--incremental'],
    reason: 'verdicts are not kept from scan to scan: every scan judges everything',
    hint: 'Leave it out; to see only what is new use --baseline.',
  },
  {
    names: ['--hide', '--encrypt'],
    reason: 'this version writes names as they are, and would leave in the report what the flag promises to hide',
    hint: 'Leave it out, and --omit-raw-resources leaves the objects out of JSON; protect the file itself where names are secret.',
  },
  { names: ['--account', '--access-key'], reason: NO_ACCOUNTS, hint: USE_SERVER },
  {
    names: ['--from-release'],
    reason: 'the admission policies come with this program',
    hint: 'Leave it out; other policies can be scanned with --custom-rules, and applied as they are.',
  },
  {
    names: ['--server'],
    reason: 'only scan sends reports',
    hint: 'Use it with kubescape scan --submit.',
  },
]

/** Commands; the longest name that fits counts. */
export const REFUSED_COMMANDS: readonly Refusal[] = [
  { names: ['scan image'], reason: NO_IMAGES, hint: 'Use a scanner of vulnerabilities, such as grype or trivy.' },
  {
    names: ['fix'],
    reason: 'this version does not edit files',
    hint: 'kubescape scan -v shows every field at fault with the value to set; --format json has them as fix.',
  },
  {
    names: ['patch'],
    reason: 'this version does not build images',
    hint: 'Rebuild the image on a newer base, or use copa, which patches images by the report of a scanner.',
  },
  {
    names: ['operator', 'operator scan', 'operator remediate'],
    reason: 'this version has no part that runs in a cluster',
    hint: 'Scan the cluster from outside: kubescape scan, for example in a CronJob.',
  },
  {
    names: ['prerequisites'],
    reason: 'it checks what the operator needs, and this version has none',
    hint: 'Whether a scan may read what it needs is said by kubescape scan --dry-run.',
  },
  {
    names: ['mcpserver'],
    reason: 'this version is no server for language models',
    hint: 'Give them the report: kubescape scan --format json or markdown.',
  },
  {
    names: ['decrypt'],
    reason: 'this version writes no encrypted reports, and reads none',
    hint: 'Decrypt it with the program that wrote it.',
  },
  {
    names: ['submit', 'delete'],
    reason: 'Kubescape itself has given it up',
    hint: 'Send the report of a scan with kubescape scan --submit --server URL.',
  },
]
