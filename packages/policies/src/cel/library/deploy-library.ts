/** The library as objects for a cluster: the kind of its parameters, a configuration, and its policies. */
import { DEFAULT_INPUTS, INPUT_DESCRIPTIONS, type ControlInputs, type InputName } from '@kubescape/controls'
import { yamlText } from '@kubescape/yaml'

import { CONFIGURATION_KIND, CONFIGURATION_VERSION, settingName, settingsOf } from '../admission/settings.ts'
import { POLICY_LIBRARY, policyName } from './index.ts'
import type { LibraryPolicy } from './library-policy.ts'

/** Name of the configuration that comes with the library. */
const BASIC_CONFIGURATION = 'basic-control-configuration'

/** The label of a policy with the id of its control. */
const CONTROL_LABEL = 'controlId'

/** The library as YAML with several documents. The configuration has the values of control inputs: the defaults, where none are given. */
export function deployLibrary({ inputs = DEFAULT_INPUTS }: { readonly inputs?: ControlInputs } = {}): string {
  const documents = [definition(), configuration(inputs), ...POLICY_LIBRARY.map(admissionPolicy)]
  return documents.map((document) => yamlText(document)).join('---\n')
}

/** A policy of the library as a ValidatingAdmissionPolicy. */
function admissionPolicy(policy: LibraryPolicy): object {
  const { control, types, hasParams, variables, validations } = policy
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: policyName(policy), labels: { [CONTROL_LABEL]: control } },
    spec: {
      failurePolicy: 'Fail',
      ...(hasParams ? { paramKind: { apiVersion: CONFIGURATION_VERSION, kind: CONFIGURATION_KIND } } : {}),
      matchConstraints: {
        resourceRules: types.map(({ group, version, resources }) => ({
          apiGroups: [group],
          apiVersions: [version],
          operations: ['CREATE', 'UPDATE'],
          resources,
        })),
      },
      ...(variables.length === 0 ? {} : { variables }),
      validations: validations.map(({ expression, message }) => ({ expression, message: `[${control}] ${message}` })),
    },
  }
}

function configuration(inputs: ControlInputs): object {
  const metadata = { name: BASIC_CONFIGURATION }
  return { apiVersion: CONFIGURATION_VERSION, kind: CONFIGURATION_KIND, metadata, settings: settingsOf(inputs) }
}

function definition(): object {
  const plural = 'controlconfigurations'
  const inputs = Object.keys(INPUT_DESCRIPTIONS) as InputName[]
  const settings = {
    type: 'object',
    properties: {
      ...Object.fromEntries(inputs.map((input) => [settingName(input), settingSchema(input)])),
      cloudProvider: { type: 'string', description: 'eks, aks or gke' },
    },
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.kubescape.io` },
    spec: {
      group: 'kubescape.io',
      scope: 'Cluster',
      names: { kind: CONFIGURATION_KIND, singular: CONFIGURATION_KIND.toLowerCase(), plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                settings,
              },
            },
          },
        },
      ],
    },
  }
}

function settingSchema(input: InputName): object {
  const { type, about: description } = INPUT_DESCRIPTIONS[input]
  // Quantities are numbers or texts.
  if (type === 'quantity') return { description, 'x-kubernetes-preserve-unknown-fields': true }
  return { type: 'array', description, items: { type: type === 'number' ? 'integer' : 'string' } }
}
