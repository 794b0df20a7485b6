/** The builtin that parses Rego. */
import { problemText } from '../problem.ts'
import { parseModule } from '../syntax/parse.ts'
import { ANY, STRING, objectOf } from '../types/type.ts'
import { failure, textOperand } from './operands.ts'
import { type Builtin, define } from './builtin.ts'
import { moduleDocument } from './module-document.ts'

const MOST_TEXT = 1 << 20

/** `rego.parse_module`. */
export const REGO: readonly Builtin[] = [
  define('rego.parse_module', [STRING, STRING], objectOf(STRING, ANY), (context, name, text) => {
    const [file, source] = [textOperand(name, 1), textOperand(text, 2)]
    if (source.length > MOST_TEXT) throw failure('the module is too long')
    context.spend(source.length * 5)
    const parsed = parseModule(file, source, 'v1')
    if ('problems' in parsed) throw failure(parsed.problems.map(problemText).join('\n'))
    return moduleDocument(parsed.module)
  }),
]
