/** Which version this is. */
import { readFileSync } from 'node:fs'

declare const __VERSION__: string | undefined
declare const __COMMIT__: string | undefined
declare const __BUILD_DATE__: string | undefined

/** Version, commit and date of the build; commit and date are empty when running from source. */
export interface Version {
  readonly version: string
  readonly commit: string
  readonly date: string
}

/** The version of this program: what the build wrote into it, or what the package says. */
export function readVersion(): Version {
  return {
    version: typeof __VERSION__ === 'undefined' ? packageVersion() : `v${__VERSION__}`,
    commit: typeof __COMMIT__ === 'undefined' ? '' : __COMMIT__,
    date: typeof __BUILD_DATE__ === 'undefined' ? '' : __BUILD_DATE__,
  }
}

/** One line for people. */
export function versionText(): string {
  const { version, commit, date } = readVersion()
  const build = [commit.slice(0, 12), date].filter(Boolean).join(', ')
  return build === '' ? `kubescape ${version}` : `kubescape ${version} (${build})`
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return `v${version}`
}
