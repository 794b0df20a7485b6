/** GitHub annotations: the grammar of workflow commands, as the runner of GitHub Actions reads them. */
import { expect } from 'vitest'

import { CONTROL_CHARACTERS, textOf, verdictsOf, type Validate } from './validator.ts'

/** A command with what it says of itself; still escaped. */
export interface WorkflowCommand {
  readonly level: string
  readonly properties: Readonly<Record<string, string>>
  readonly text: string
}

const COMMAND = /^::(error|warning|notice) ([^:\n\r]*)::([^\n\r]*)$/
const KNOWN = /^(?:file|line|endLine|col|endColumn|title)$/

/** The commands of an output; fails for a line that is none. */
export function readCommands(text: string): WorkflowCommand[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, level = '', properties = '', said = ''] = COMMAND.exec(line) ?? []
      expect(level, line).not.toBe('')
      const entries = properties
        .split(',')
        .map((each) => [each.split('=', 1)[0] ?? '', each.slice(each.indexOf('=') + 1)])
      return { level, properties: Object.fromEntries(entries) as Record<string, string>, text: said }
    })
}

/** A command for each of the worst fifty failures, and one for how many there are beyond. */
export const validateGithubAnnotations: Validate = (output, { report }) => {
  const text = textOf(output)
  expect(CONTROL_CHARACTERS.exec(text)).toBeNull()
  const commands = readCommands(text)
  const failed = verdictsOf(report, ['failed']).length
  expect(commands.length).toBe(failed > 50 ? 51 : failed)
  expect(commands.flatMap(({ properties }) => Object.keys(properties)).filter((key) => !KNOWN.test(key))).toEqual([])
}
