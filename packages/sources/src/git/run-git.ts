/** Runs the git of the system, with the user's credentials and nothing of a repository's wishes. */
import { runProgram, type Environment, type Ran, type RunLimits } from '../run-program.ts'

/** How git is run. */
export interface GitOptions extends RunLimits {
  readonly env: Environment
  readonly signal?: AbortSignal | undefined
  /** The work tree or empty folder to run in. */
  readonly folder?: string
  readonly onOutput?: (chunk: Buffer) => boolean
}

/** git did not do what it was asked for. */
export class GitError extends Error {
  override readonly name = 'GitError'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** Settings that a repository, or the machine, could use to run programs while it is only read. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'filter.lfs.required=false',
  'advice.detachedHead=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'log.showSignature=false',
]

/** What somebody sets who runs this inside of a hook of another repository. */
const INHERITED =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX|COMMON_DIR)$/

const LONGEST_MESSAGE = 400
const SIGN_IN = [
  'authentication failed',
  'could not read username',
  'could not read password',
  'permission denied',
  'terminal prompts disabled',
  'access denied',
  'invalid credentials',
]

/** The environment of git: questions only where somebody can answer, and no way to another program through a URL. */
export function gitEnvironment(env: Environment, hasTerminal: boolean): Environment {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !INHERITED.test(name)))
  return {
    ...own,
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    ...(hasTerminal
      ? {}
      : {
          GIT_TERMINAL_PROMPT: '0',
          GCM_INTERACTIVE: 'never',
          ...(env['GIT_SSH_COMMAND'] === undefined && env['GIT_SSH'] === undefined
            ? { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' }
            : {}),
        }),
  }
}

/** Runs git to its end. */
export function runGit(args: readonly string[], { folder, ...options }: GitOptions): Promise<Ran> {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  const place = folder === undefined ? [] : ['-C', folder]
  return runProgram('git', [...settings, ...place, ...args], options)
}

/**
 * The output of git.
 * @throws {GitError} when it fails; `what` completes "git could not ..."
 */
export async function gitOutput(args: readonly string[], what: string, options: GitOptions): Promise<string> {
  const ran = await runGit(args, options)
  if (ran.kind === 'ended' && ran.code === 0) return ran.stdout
  throw failedRun(ran, what)
}

/** What to tell of a run that failed. */
function failedRun(ran: Ran, what: string): GitError {
  switch (ran.kind) {
    case 'not-found':
      return new GitError('git is not on the PATH', 'Install git, or name the files on this machine.')
    case 'not-started':
      return new GitError(`git cannot be started: ${ran.why}`, 'Check the installation of git.')
    case 'timed-out':
      return new GitError(
        `git could not ${what}: it took longer than ${Math.round(ran.timeoutMs / 1000)} s`,
        'Look after the network, or clone the repository yourself and scan its folder.',
      )
    case 'too-long':
      return new GitError(`git could not ${what}: it had too much to say`, 'Clone the repository yourself and scan it.')
    default:
      return saidNo(ran.stderr, what)
  }
}

function saidNo(stderr: string, what: string): GitError {
  const said = maskCredentials(lastWords(stderr))
  const isRefused = SIGN_IN.some((words) => said.toLowerCase().includes(words))
  return new GitError(
    `git could not ${what}${said === '' ? '' : `: ${said}`}`,
    isRefused
      ? 'Give git the credentials: a credential helper, an ssh key, or a token (see docs/git.md).'
      : 'Check the URL, the branch and the network; git ls-remote URL asks the same.',
  )
}

/** The text with user and password of every URL hidden. */
export function maskCredentials(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@']*@/gi, '$1***@')
}

/** What git said last: the sentences after `fatal:` and `error:`, without its advice. */
function lastWords(stderr: string): string {
  const lines = stderr.split(/\r?\n|\r/).map((line) => line.trim())
  const told = lines.filter((line) => /^(?:fatal|error|remote: (?:error|fatal)|ssh):/i.test(line))
  const words = (told.length > 0 ? told : lines.filter((line) => line !== '').slice(-2)).join('; ')
  const plain = words.replaceAll(/\p{Cc}/gu, ' ')
  return plain.length > LONGEST_MESSAGE ? `${plain.slice(0, LONGEST_MESSAGE)}...` : plain
}
