/** `kubescape init`: settings for a project, with a comment for each, that fit what lies there. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { lookAround, type Surroundings } from '../config/look-around.ts'
import { Failure } from '../failure.ts'
import { count, visible } from '../terminal.ts'

const CONFIG = '.kubescape.yaml'
const BASELINE = '.kubescape-baseline.json'

/** Kinds that describe nodes and control planes: only with them frameworks of whole clusters say something. */
const FACTS = ['KubeletInfo', 'ControlPlaneInfo', 'KubeProxyInfo', 'APIServerInfo', 'ClusterDescribe']

/** What is to be written. */
export interface ProjectSettings {
  readonly directory: string
  readonly frameworks: readonly string[]
  readonly seen: Surroundings
  /** Absent where none is wanted. */
  readonly baselineFile: string | undefined
}

/**
 * Decides what to write, before anything is written.
 * @throws {Failure} for a directory that cannot be read, and where there are settings already
 */
export function planProject(directory: string, isForced: boolean, withBaseline: boolean): ProjectSettings {
  const taken = [CONFIG, '.kubescape.yml', ...(withBaseline ? [BASELINE] : [])]
    .map((name) => join(directory, name))
    .find((file) => existsSync(file))
  if (taken !== undefined && (!isForced || taken.endsWith('.yml'))) {
    throw new Failure(
      `${taken} is there already`,
      taken.endsWith('.yml') ? `Rename it to ${CONFIG}, or remove it.` : 'Add --force to replace it.',
    )
  }
  let seen: Surroundings
  try {
    seen = lookAround(directory)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot look into ${directory}: ${why}`, 'Name a directory.')
  }
  const hasFacts = FACTS.some((kind) => seen.kinds.has(kind))
  const frameworks = ['nsa', 'mitre', ...(hasFacts ? ['cis-v1.12.0'] : [])]
  return { directory, frameworks, seen, baselineFile: withBaseline ? join(directory, BASELINE) : undefined }
}

/**
 * Writes the settings, and says what was seen.
 * @throws {Failure} for a place that cannot be written
 */
export function writeProject(project: ProjectSettings): string {
  const file = join(project.directory, CONFIG)
  try {
    mkdirSync(project.directory, { recursive: true })
    writeFileSync(file, render(project))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${file}: ${why}`, 'Name another directory.')
  }
  const { manifests, isCut } = project.seen
  const found = `${isCut ? 'at least ' : ''}${count(manifests, 'file')} with Kubernetes objects`
  return visible(`${file} is written: ${found}, judged by ${project.frameworks.join(', ')}`).concat('\n')
}

/** Sentences stand behind `# `; what stands right behind `#` is a setting. */
function render({ frameworks, baselineFile }: ProjectSettings): string {
  const accepts = baselineFile !== undefined
  return `# Settings of kubescape scan for what lies below this directory. Flags win over them; --no-config leaves them out.
# kubescape config view shows what counts; docs/config.md tells of all settings. Take the # from those that you want.

# What to judge by; kubescape list frameworks shows all.
frameworks: [${frameworks.join(', ')}]

# Fail below these. Every one that is set has to be met.
${accepts ? '#' : ''}thresholds:
${accepts ? '#' : ''}  severity: critical
#  compliance: 80
#  coverage: 90
#  frameworks:
#    nsa: 85
#  controls:
#    C-0057: 100

# What control inputs should be, such as registries that images may come from.
#inputs:
#  imageRepositoryAllowList: [registry.example.com/]

# What not to read, in the syntax of .gitignore.
#excludePaths: [tests/]
#excludeNamespaces: [kube-system]
#excludeControls: [C-0004]

# Files of findings that are accepted, relative to this one.
#exceptions: [exceptions.yaml]

# Only failures that this file does not have fail; kubescape scan --write-baseline writes it anew.
${accepts ? '' : '#'}baseline:
${accepts ? '' : '#'}  file: ${BASELINE}
${accepts ? '' : '#'}  failOnNew: true

# How reports are written and looked at.
#formats: [pretty-printer]
#view: resource
#verbose: true
`
}
