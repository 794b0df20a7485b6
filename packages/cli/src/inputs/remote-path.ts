/** Arguments that name repositories of other machines, told from paths without loading what fetches them. */
import { existsSync } from 'node:fs'

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:(?:\/\/|:)/
/** `user@host:path`, and `host:path.git`. */
const SCP = /^(?:[\w.-]+@[A-Za-z0-9.-]+:|[A-Za-z0-9][A-Za-z0-9.-]+:[^:]*\.git(?:[#/]|$))/
const HOSTS = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|codeberg\.org)\//

/** True for what looks like the URL of a repository, and is nothing on this machine. */
export function looksRemote(path: string): boolean {
  return (SCHEME.test(path) || SCP.test(path) || HOSTS.test(path)) && !existsSync(path)
}
