/** Names of repositories on other machines: what was typed, as a URL to clone, a revision and a folder. */

/** A repository that somebody named by its URL. */
export interface RemoteRepository {
  /** What git is given. It may hold a password. */
  readonly url: string
  /** The same for people, without user and password. */
  readonly shown: string
  /** `github`, `gitlab`, `bitbucket`, `azure`, `gitea`; empty where the URL does not tell. */
  readonly provider: string
  /** The folder of repositories: an organisation, a user, a group with its subgroups; empty without one. */
  readonly owner: string
  readonly name: string
  /** A branch, tag or commit that the URL names for certain. */
  readonly revision?: string
  /** A branch or tag, and then a path in the repository: only the repository knows where the one ends. */
  readonly revisionAndPath?: string
  /** A folder or file in the repository. */
  readonly path?: string
}

/** Why a text that looks like a URL is none that can be cloned. */
export class UnusableUrl extends Error {
  override readonly name = 'UnusableUrl'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'git:', 'file:'])
/** Hosts that people name without a scheme. */
const KNOWN_HOSTS = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|codeberg\.org)\//
/** `git@host:path`, as ssh and scp write it. */
const SCP = /^(?:([A-Za-z0-9_.-]+)@)?([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/|:)(.+)$/
const LONGEST = 2048

/** Words between the repository and a revision in pages of hosts: GitHub, GitLab, Gitea, Bitbucket. */
const PAGE = /^(.+?)\/(?:-\/)?(?:tree|blob|src\/branch|src\/tag|src\/commit|src|raw)\/(.+)$/

/**
 * Reads what was typed as the URL of a repository; undefined where it is a path.
 * @throws {UnusableUrl} for a URL that names no repository that may be cloned
 */
export function parseRemote(text: string): RemoteRepository | undefined {
  const typed = KNOWN_HOSTS.test(text) ? `https://${text}` : text.replace(/^git\+(?=https?:|ssh:|file:)/, '')
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(typed)) return fromUrl(typed)
  // `ext::sh -c ...` makes git run a program.
  if (/^[A-Za-z][A-Za-z0-9+.-]*::/.test(typed)) throw refused('it names a helper of git instead of a server')
  const scp = SCP.exec(typed)
  if (scp === null || /^[A-Za-z]$/.test(scp[2] ?? '') || (scp[1] === undefined && !typed.endsWith('.git')))
    return undefined
  const [, user, host = '', path = ''] = scp
  const { hash, rest } = cutHash(path)
  return repository(`ssh://${user === undefined ? '' : `${user}@`}${host}/${rest.replace(/^\/+/, '')}`, hash)
}

function fromUrl(text: string): RemoteRepository {
  const { hash, rest } = cutHash(text)
  return repository(rest, hash)
}

/** `#revision` or `#revision:path`, as Docker writes it. */
function cutHash(text: string): { readonly rest: string; readonly hash: string } {
  const at = text.indexOf('#')
  return at < 0 ? { rest: text, hash: '' } : { rest: text.slice(0, at), hash: text.slice(at + 1) }
}

function repository(text: string, hash: string): RemoteRepository {
  const url = URL.parse(text)
  if (url === null || text.length > LONGEST) throw refused('it is no URL')
  if (!SCHEMES.has(url.protocol)) throw refused(`${url.protocol.slice(0, -1)} is no protocol of git`)
  if (url.hostname.startsWith('-') || url.username.startsWith('-')) throw refused('its host is an option')
  const query = url.searchParams
  const [fromHash = '', pathOfHash] = hash === '' ? [] : hash.split(':', 2)
  const isLocal = url.protocol === 'file:'
  const parts = isLocal ? { repository: decoded(url.pathname) } : splitPath(url)
  const revision = decoded(fromHash || query.get('ref') || branchOfAzure(query) || '')
  const path = pathOfHash ?? query.get('path') ?? parts.path
  const below = path === undefined ? '' : decoded(path).replaceAll(/^\/+|\/+$/g, '')
  if (/^-|\p{Cc}/u.test(revision) || revision.length > 255) throw refused('its revision is none')
  if (below.split('/').includes('..') || below.includes('\0')) throw refused('its path leads out of the repository')
  const bare = parts.repository.replaceAll(/^\/+|\/+$/g, '')
  if (bare === '') throw refused('it names a server and no repository')
  const credentials = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : `:${url.password}`}@`
  const place = `/${encodePath(bare)}`
  const names = bare.replace(/\.git$/, '').split('/')
  // Azure puts `_git` between the project and the repository, Bitbucket Server `scm` before both.
  const folders = names.slice(0, -1).filter((name) => name !== '_git' && name !== 'scm')
  return {
    url: isLocal ? `file://${place}` : `${url.protocol}//${credentials}${url.host}${place}`,
    shown: `${url.protocol}//${url.host}${place}`,
    provider: providerOf(url.hostname),
    owner: isLocal ? '' : folders.join('/'),
    name: names.at(-1) ?? '',
    ...(revision === '' ? {} : { revision }),
    ...(parts.revisionAndPath === undefined ? {} : { revisionAndPath: decoded(parts.revisionAndPath) }),
    ...(below === '' ? {} : { path: below }),
  }
}

interface PathParts {
  readonly repository: string
  readonly revisionAndPath?: string
  readonly path?: string
}

/** Where the repository ends in the path of a URL. */
function splitPath(url: URL): PathParts {
  const path = url.pathname.replaceAll(/\/+$/g, '')
  // What comes behind `.git/` is a path; `//` does the same for whoever knows it from Terraform and kustomize.
  const marked = /^(.+?\.git)\/\/?(.+)$/.exec(path) ?? /^(.+?[^/:])\/\/(.+)$/.exec(path)
  if (marked !== null) return { repository: decoded(marked[1] ?? ''), path: marked[2] ?? '' }
  const isAzure = /(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(url.hostname)
  const azure = isAzure ? /^(.+\/_git\/[^/]+)(?:\/(.+))?$/.exec(path) : null
  if (azure !== null) return { repository: decoded(azure[1] ?? ''), ...(azure[2] ? { path: azure[2] } : {}) }
  const page = PAGE.exec(path)
  if (page !== null && (page[1] ?? '').split('/').length > 2) {
    return { repository: decoded(page[1] ?? ''), revisionAndPath: page[2] ?? '' }
  }
  return { repository: decoded(path) }
}

/** `?version=GBmain`: a branch (GB), tag (GT) or commit (GC) of Azure. */
function branchOfAzure(query: URLSearchParams): string | undefined {
  return /^G[BTC](.+)$/.exec(query.get('version') ?? '')?.[1]
}

function providerOf(host: string): string {
  if (/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/.test(host)) return 'azure'
  return /(?:^|\.)(github|gitlab|bitbucket|gitea)\./.exec(host)?.[1] ?? ''
}

/** Percent signs of a URL as characters; as they are where they are no encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/').replaceAll('%40', '@').replaceAll('%3A', ':')
}

function refused(why: string): UnusableUrl {
  return new UnusableUrl(
    `this URL cannot be scanned: ${why}`,
    'Name a repository as for git clone: https://HOST/OWNER/REPOSITORY, git@HOST:OWNER/REPOSITORY.git, with /tree/BRANCH/FOLDER or #BRANCH behind it.',
  )
}
