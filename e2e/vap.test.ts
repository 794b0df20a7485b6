/** Admission policies of the library: printed, bound, and read back as controls. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'bad.yaml': podYaml('bad', 'securityContext:', '  privileged: true'),
  'good.yaml': podYaml('good', 'securityContext:', '  privileged: false'),
  'inputs.json': '{"imageRepositoryAllowList":["registry.example/"]}',
})

function vap(...args: readonly string[]): Run {
  return kubescape(['vap', ...args], { cwd: folder })
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly settings?: Readonly<Record<string, unknown>>
}

describe('vap deploy-library', () => {
  test('prints the type and an object of parameters, and a policy for each control', () => {
    const { code, stdout, stderr } = vap('deploy-library')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const documents = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest)
    expect(documents.slice(0, 2).map(({ kind }) => kind)).toEqual(['CustomResourceDefinition', 'ControlConfiguration'])
    const policies = documents.slice(2)
    expect(policies.every(({ kind }) => kind === 'ValidatingAdmissionPolicy')).toBe(true)
    expect(policies.length).toBeGreaterThan(30)
    expect(policies.map(({ metadata }) => metadata.labels?.['controlId'])).toContain('C-0057')
  })

  test('writes a file, with control inputs as parameters, and judges as the controls do', () => {
    expect(vap('deploy-library', '-o', 'library.yaml', '--controls-config', 'inputs.json')).toMatchObject({
      code: 0,
      stdout: '',
    })
    const [, configuration] = parseAllDocuments(readFileSync(join(folder, 'library.yaml'), 'utf8'))
    const { settings } = (configuration?.toJS() ?? {}) as Partial<Manifest>
    expect(settings).toMatchObject({
      imageRepositoryAllowList: ['registry.example/'],
    })
    expect(kubescape(['policy', 'check', 'library.yaml'], { cwd: folder }).code).toBe(0)
    const scan = ['scan', 'control', 'C-0057', 'bad.yaml', 'good.yaml', '-f', 'json']
    const [ours, theirs] = [[], ['--custom-rules', 'library.yaml']].map((flags) => {
      const report = JSON.parse(kubescape([...scan, ...flags], { cwd: folder }).stdout) as JsonReport
      return report.summaryDetails.controls['C-0057']
    })
    expect(ours?.status).toBe('failed')
    expect(theirs?.ResourceCounters).toEqual(ours?.ResourceCounters)
  })
})

describe('vap create-policy-binding', () => {
  test('prints what puts a policy into effect', () => {
    const bind = ['create-policy-binding', '-n', 'no-privileged', '-c', 'C-0057']
    const narrow = [
      '--namespace',
      'shop',
      '--label',
      'app=cart',
      '-a',
      'Audit',
      '--resource-rule',
      'apps/v1/deployments',
    ]
    expect(parse(vap(...bind, ...narrow).stdout)).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'no-privileged' },
      spec: {
        policyName: expect.stringMatching(/^kubescape-c-0057-/) as string,
        validationActions: ['Audit'],
        matchResources: {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
          },
          objectSelector: { matchLabels: { app: 'cart' } },
          resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['*'] }],
        },
      },
    })
    expect(vap(...bind, '-o', 'binding.yaml')).toMatchObject({ code: 0, stdout: '' })
    expect((parse(readFileSync(join(folder, 'binding.yaml'), 'utf8')) as Manifest).metadata.name).toBe('no-privileged')
  })

  test.each([
    [['-c', 'C-0057'], /required option '-n, --name/],
    [['-n', 'x'], /name a policy or a control/],
    [['-n', 'x', '-c', 'C-0057', '-p', 'y'], /one of them/],
    [['-n', 'X_', '-c', 'C-0057'], /the name of the binding/],
    [['-n', 'x', '-c', 'C-0057', '-a', 'Deny', '-a', 'Warn'], /Deny and Warn exclude each other/],
    [['-n', 'x', '-c', 'C-0078'], /takes parameters/],
    [['-n', 'x', '-c', 'C-0057', '--resource-rule', 'v1/secrets'], /secrets/],
    [['-n', 'x', '-c', 'C-0057', '--label', 'nothing'], /label/],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = vap('create-policy-binding', ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
