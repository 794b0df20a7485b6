/** Duplicate environment variable. */
import { asList, asMap, asText, WORKLOADS_AND_CONTROLLERS } from '@kubescape/resources'
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0295',
  name: 'Duplicate environment variable',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The same environment variable is defined twice in one container. The last one wins without a message, and tools that merge manifests may drop either, so the application can run with a setting that nobody intended.',
  repair:
    'Keep one entry of that name in `env` and remove the others; the last in the list is the value in use today. Templates are the usual cause: look for a chart value that repeats a built-in variable.',
  references: ['environment'],
  checks: [
    eachContainer({ name: 'duplicate-env-var', lists: EVERY_LIST, match: WORKLOADS_AND_CONTROLLERS }, (container) => {
      const names = asList(container.get('env')).map((entry) => asText(asMap(entry)?.['name']))
      return names.flatMap((name, at) =>
        name !== undefined && names.indexOf(name) !== names.lastIndexOf(name)
          ? [wrong(container.at(`env[${at}].name`))]
          : [],
      )
    }),
  ],
})
