/** YAML: the tree of the JSON report. */
import { yamlFromJson } from '@kubescape/yaml'

import { defineFormat, type Format } from '../format.ts'

/** The format that writes as YAML what another one writes as JSON. */
export function yamlOf(json: Format<string>): Format<string> {
  return defineFormat({
    name: 'yaml',
    description: 'the tree of the JSON report as YAML',
    extension: '.yaml',
    otherExtension: '.yml',
    forPeople: false,
    load: async () => {
      const render = await json.load()
      // The published tree has no audit of exceptions.
      return (report, context) => yamlFromJson(render(report, { ...context, auditExceptions: false }))
    },
  })
}
