/** Makes the single executable of this machine, `dist/kubescape`: `npm run build:executable`. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildFacts } from './build.ts'
import { writeExecutable } from './release/executable.ts'
import { isInstalled, PLATFORMS } from './release/platforms.ts'
import { root } from './root.ts'
import { bundleSingleFile } from './single-file.ts'

// npm installs the Node.js of one machine.
const platform = PLATFORMS.find(isInstalled)
if (platform === undefined) throw new Error('no Node.js to put the program into: npm install --include=optional')
const file = join(root, 'dist/kubescape')
mkdirSync(join(root, 'dist'), { recursive: true })
const { code } = await bundleSingleFile('packages/cli/src/main.ts', buildFacts(), { examples: true, banner: '' })
writeExecutable(file, code, platform)
console.log(`${(statSync(file).size / 2 ** 20).toFixed(1)} MiB  dist/kubescape`)
