/**
 * For `node --import`: writes the modules that a program has loaded, its own and those of Node.js, as JSON into the file that
 * `LOADED_MODULES` names.
 */
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/** What the file holds. */
export interface LoadedModules {
  /** URLs. */
  readonly own: readonly string[]
  /** Names, such as `http`. */
  readonly builtin: readonly string[]
}

const { LOADED_MODULES } = process.env
if (LOADED_MODULES !== undefined) record(LOADED_MODULES)

function record(file: string): void {
  const own: string[] = []
  registerHooks({
    load(url, context, next) {
      own.push(url)
      return next(url, context)
    },
  })
  const before = new Set(builtinModules())
  process.on('exit', () => {
    const loaded: LoadedModules = { own, builtin: builtinModules().filter((name) => !before.has(name)) }
    writeFileSync(file, JSON.stringify(loaded))
  })
}

/** Node.js keeps the list for its own tests, without documentation or type. */
function builtinModules(): string[] {
  const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] }
  return moduleLoadList.map((name) => name.replace('NativeModule ', ''))
}
