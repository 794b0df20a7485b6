/** Agent Sandbox hardened runtime class. */
import { asText } from '@kubescape/resources'
import { SANDBOX_TEMPLATES } from '../../checks/sandboxes.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0297',
  name: 'Agent Sandbox hardened runtime class',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The pods of this sandbox template do not run with a hardened runtime. Code that an agent writes then talks to the kernel of the node directly, and one flaw there frees it.',
  repair:
    'Install gVisor or Kata Containers on the nodes and set `spec.podTemplate.spec.runtimeClassName` to its RuntimeClass. Name further runtime classes that you trust in the input `hardenedSandboxRuntimeClasses`. Some programs that use rare system calls do not run in them.',
  references: ['agentSandbox', 'runtimeClass'],
  checks: [
    eachWorkload(
      {
        name: 'agent-sandbox-hardened-runtime-class',
        match: SANDBOX_TEMPLATES,
        inputs: ['hardenedSandboxRuntimeClasses'],
      },
      (template, inputs) =>
        inputs.hardenedSandboxRuntimeClasses.includes(asText(template.get('runtimeClassName')) ?? '')
          ? undefined
          : [wrong(template.at('runtimeClassName'))],
    ),
  ],
})
