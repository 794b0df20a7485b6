/** `kubescape policy new`: starts a control of one's own, with tests and manifests to try it on. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { BUILT_IN } from '@kubescape/controls'

import { Failure } from '../failure.ts'
import { visible } from '../terminal.ts'
import { oneOf } from '../typed.ts'

/** Names of a control. */
interface Names {
  /** As in reports: `owner-label`. */
  readonly id: string
  /** As a package: `owner_label`. */
  readonly package: string
  /** For people: `Owner label`. */
  readonly title: string
}

const ID = /^[A-Za-z][\w.-]{0,99}$/
/** Words of Rego that cannot be the name of a package. */
const KEYWORDS = new Set('as contains default else every false if import in not null package some true with'.split(' '))

/**
 * Writes a new folder and gives what to say of it.
 * @throws {Failure} for names that are none or taken, and for a folder that has something in it
 */
export function newControl(directory: string, language: string): string {
  const kind = oneOf(language, ['rego', 'cel'], '--language')
  const id = basename(resolve(directory))
  if (!ID.test(id)) {
    throw new Failure(`"${id}" cannot be the id of a control`, 'Name the folder with letters, digits, - and _.')
  }
  if (BUILT_IN.controls.some((control) => control.id.toLowerCase() === id.toLowerCase())) {
    throw new Failure(`"${id}" is the id of a built-in control`, 'Give the folder another name.')
  }
  const path = id.replaceAll(/\W/g, '_').toLowerCase()
  const words = id.replaceAll(/[-_.]+/g, ' ').trim()
  const names: Names = {
    id,
    package: KEYWORDS.has(path) ? `${path}_control` : path,
    title: words.charAt(0).toUpperCase() + words.slice(1),
  }
  const files: Readonly<Record<string, string>> = {
    ...(kind === 'rego' ? regoFiles(names) : celFiles(names)),
    'manifests/bad.yaml': manifest('bad', ''),
    'manifests/good.yaml': manifest('good', '\n  labels:\n    owner: shop'),
  }
  write(directory, files)
  const next = [
    `kubescape policy check ${directory}`,
    ...(kind === 'rego' ? [`kubescape policy test ${directory}`] : []),
    `kubescape scan control ${id} --custom-rules ${directory} ${join(directory, 'manifests')}`,
  ]
  const lines = [
    `${directory} has a control that asks for a label; make it yours:`,
    ...Object.keys(files).map((name) => `  ${join(directory, name)}`),
    'Then:',
    ...next.map((line) => `  ${line}`),
  ]
  return lines.map((line) => `${visible(line)}\n`).join('')
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  const taken = Object.keys(files).find((name) => existsSync(join(directory, name)))
  if (taken !== undefined) {
    throw new Failure(`${join(directory, taken)} is there already`, 'Name a new folder, or remove the file.')
  }
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), text, { flag: 'wx' })
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write into ${directory}: ${why}`, 'Name another folder.')
  }
}

function regoFiles({ id, package: path, title }: Names): Readonly<Record<string, string>> {
  return {
    [`${id}.rego`]: `# METADATA
# title: ${title}
# description: Nobody knows whom to ask about a workload without an owner.
# custom:
#   id: ${id}
#   severity: Low
#   category: Workload
#   match:
#     - apiGroups: [apps]
#       kinds: [Deployment, StatefulSet, DaemonSet]
#   remediation: Set the label owner to the team that answers for it.
package ${path}

deny contains result if {
	not input.metadata.labels.owner
	result := {
		"message": sprintf("%s %s has no owner", [input.kind, input.metadata.name]),
		"path": "metadata.labels.owner",
		"fix": {"path": "metadata.labels.owner", "value": "YOUR_TEAM"},
	}
}
`,
    [`${id}_test.rego`]: `package ${path}_test

import data.${path}

deployment(labels) := {
	"kind": "Deployment",
	"metadata": {"name": "web", "labels": labels},
}

test_fails_without_owner if {
	some result in ${path}.deny with input as deployment({})
	result.path == "metadata.labels.owner"
}

test_passes_with_owner if {
	count(${path}.deny) == 0 with input as deployment({"owner": "shop"})
}
`,
  }
}

function celFiles({ id, title }: Names): Readonly<Record<string, string>> {
  return {
    [`${id}.yaml`]: `kind: Control
id: ${id}
name: ${title}
severity: Low
category: Workload
description: Nobody knows whom to ask about a workload without an owner.
remediation: Set the label owner to the team that answers for it.
match:
  - apiGroups: [apps]
    kinds: [Deployment, StatefulSet, DaemonSet]
language: cel
expression: has(object.metadata.labels) && 'owner' in object.metadata.labels
`,
  }
}

function manifest(name: string, labels: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${labels}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: registry.example/web:1.0
`
}
