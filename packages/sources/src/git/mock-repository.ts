/** Repositories for tests, in folders of their own. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A repository that a test fills. */
export class MockRepository {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-repository-')))
  #commits = 0

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main')
  }

  /** Runs git in it, and gives what it prints. */
  git(...args: readonly string[]): string {
    const date = `2026-01-0${this.#commits + 1}T00:00:00Z`
    return execFileSync('git', ['-c', 'user.name=Jane', '-c', 'user.email=jane@example.com', ...args], {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Writes files. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true })
      writeFileSync(join(this.root, path), text)
    }
  }

  /** Writes files and commits everything; gives the hash. */
  commit(message: string, files: Readonly<Record<string, string>> = {}): string {
    this.write(files)
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message', message)
    this.#commits++
    return this.git('rev-parse', 'HEAD').trim()
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
