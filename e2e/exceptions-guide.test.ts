/** Every example of docs/exceptions.md does what the guide says. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { scanJson } from './json-report.ts'
import { kubescape, root } from './kubescape.ts'

const guide = readFileSync(join(root, 'docs/exceptions.md'), 'utf8')
const folder = temporaryFolder()
cpSync(join(root, 'examples/shop'), join(folder, 'examples/shop'), { recursive: true })

/** Examples by the name of the file that a comment before them gives. */
function examples(what: string): [name: string, text: string][] {
  const blocks = guide.matchAll(new RegExp(`<!-- ${what}: (\\S+) -->\n\`\`\`\\w+\n(.*?)\`\`\``, 'gs'))
  return Array.from(blocks, ([, name = '', text = '']) => [name, text])
}

const files = examples('file')
const scanned = examples('scan')
writeFiles(folder, Object.fromEntries([...files, ...scanned]))

/** `exception: control resource` for what is accepted, in whole or in part. */
function accepted(...args: readonly string[]): { pairs: string[]; stderr: string } {
  const { report, stderr } = scanJson(['scan', 'framework', 'nsa', ...args], { cwd: folder })
  const pairs = report.results.flatMap(({ controlID, resources }) =>
    resources.flatMap(({ name, exceptions = [] }) => exceptions.map((each) => `${each.name}: ${controlID} ${name}`)),
  )
  return { pairs: pairs.toSorted(), stderr: stderr.replace(/^Overall compliance.*\n/m, '') }
}

describe('files', () => {
  test.each<[string, string[]]>([
    ['exceptions.json', ['log-collector: C-0038 log-collector']],
    ['exceptions.yaml', ['debug-pod: C-0017 debug', 'debug-pod: C-0057 debug']],
    ['policies.json', ['payment: C-0044 payment', 'payment: C-0046 payment', 'payment: C-0057 payment']],
    ['security-exceptions.yaml', ['cart: C-0030 cart', 'small-things: C-0055 postgres']],
    ['config-map.yaml', ['redis: C-0013 redis']],
  ])('%s', (name, pairs) => {
    expect(accepted('examples/shop', '--exceptions', name)).toEqual({ pairs, stderr: '' })
    expect(kubescape(['exceptions', 'lint', name], { cwd: folder }).code).toBe(0)
  })

  test('are all of the guide', () => {
    expect(files.map(([name]) => name)).toHaveLength(5)
    expect(scanned.map(([name]) => name)).toEqual(['annotated.yaml', 'commented.yaml'])
  })

  test('accept nothing when they lie among what is scanned', () => {
    const inside = writeFiles(join(folder, 'among'), Object.fromEntries(files))
    cpSync(join(folder, 'examples/shop'), join(inside, 'shop'), { recursive: true })
    expect(accepted('among').pairs).toEqual([])
  })
})

describe('what is scanned', () => {
  test('accepts by annotations', () => {
    const { pairs, stderr } = accepted('annotated.yaml')
    expect(pairs).toEqual([
      expect.stringMatching(/^inline-.*: C-0013 annotated$/),
      expect.stringMatching(/^inline-.*: C-0057 annotated$/),
    ])
    expect(stderr).toBe('')
  })

  test('accepts by comments, each its field', () => {
    const { pairs, stderr } = accepted('commented.yaml')
    expect(pairs).toEqual(
      [
        'inline-commented.yaml:1: C-0013 commented',
        'inline-commented.yaml:8: C-0016 commented',
        'inline-commented.yaml:10: C-0057 commented',
      ].toSorted(),
    )
    expect(stderr).toBe('')
  })

  test('accepts nothing where that is not wanted', () => {
    for (const flag of ['--honor-inline-exceptions=false', '--no-honor-inline-exceptions']) {
      expect(accepted('annotated.yaml', 'commented.yaml', flag).pairs).toEqual([])
    }
  })
})

test('every command of the guide works, in its order', () => {
  const blocks = Array.from(guide.matchAll(/```sh\n(.*?)```/gs), ([, text = '']) => text)
  const commands = blocks.flatMap((text) => text.trim().split('\n'))
  expect(commands.length).toBeGreaterThan(8)
  for (const command of commands) {
    const words = Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '')
    expect(words.shift()).toBe('kubescape')
    const { code, stderr } = kubescape(words, { cwd: folder })
    expect({ command, code, stderr: stderr.replaceAll(/^(?:Report written|Overall compliance).*\n/gm, '') }).toEqual({
      command,
      code: 0,
      stderr: '',
    })
  }
})
