/** Programs of clouds that answer what a test says, on a PATH of their own: the real ones are never run. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a program does when its arguments begin with certain words: it prints, or runs lines of a shell. */
export type Reply = { readonly json: unknown } | { readonly shell: string }

/** A folder with programs. */
export interface FakePrograms {
  /** `PATH`, and nothing else. */
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  /** Adds a program: replies by the words that its arguments begin with; anything else fails. */
  add(program: string, replies: Readonly<Record<string, Reply>>): void
  /** The arguments of every run so far. */
  runs(): string[][]
  remove(): void
}

/** Makes a folder. */
export function fakePrograms(): FakePrograms {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-clouds-'))
  const [bin, log] = [join(folder, 'bin'), join(folder, 'runs')]
  mkdirSync(bin)
  return {
    folder,
    env: { PATH: bin },
    add(program, replies) {
      const cases = Object.entries(replies).map(([words, reply], at) => {
        const file = join(folder, `${program}-${at}.json`)
        if ('json' in reply) writeFileSync(file, JSON.stringify(reply.json))
        return `'${words} '*) ${'json' in reply ? `/bin/cat '${file}'` : reply.shell} ;;`
      })
      const lines = [
        '#!/bin/sh',
        // Arguments end with a line of their own, so that spaces and line ends in them show.
        `{ printf '%s\\0' "$@"; printf '\\n'; } >> '${log}'`,
        'case "$* " in',
        ...cases,
        `*) echo "fake ${program} knows no $*" >&2; exit 9 ;;`,
        'esac',
      ]
      writeFileSync(join(bin, program), `${lines.join('\n')}\n`)
      chmodSync(join(bin, program), 0o755)
    },
    runs: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\0\n')
            .filter(Boolean)
            .map((run) => run.split('\0'))
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
