import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'pod.yaml': podYaml('plain'),
  'list.yaml': '- 1\n',
  'unknown.yaml': 'sensitiveKeyNam: [a]\n',
  'broken.yaml': 'a: [\n',
  'bad.pem': '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n',
})

/** What is typed, what the first line says, and what the second one advises. */
const refused: readonly (readonly [typed: string, message: string, hint: RegExp])[] = [
  ['scan', 'there is no kubeconfig, so no cluster is known', /files to scan/],
  ['scan framework nsa', 'there is no kubeconfig, so no cluster is known', /files to scan/],
  ['scan framework', "missing required argument 'names'", /kubescape help/],
  ['scan pod.yaml --nosuch', "unknown option '--nosuch'", /kubescape help/],
  [
    'scan pod.yaml --complianc-threshold 3',
    "unknown option '--complianc-threshold'",
    /Did you mean --compliance-threshold\?/,
  ],
  [
    'scan pod.yaml --compliance-threshold',
    "option '--compliance-threshold <score>' argument missing",
    /kubescape help/,
  ],
  ['scn pod.yaml', "unknown command 'scn'", /Did you mean scan\?/],
  ['scan framework nsaa pod.yaml', 'unknown framework "nsaa"', /Did you mean "NSA"\?.*kubescape list frameworks/],
  ['scan framework nsa, pod.yaml', 'an empty framework name', /Remove the extra comma/],
  ['scan control C-0575 pod.yaml', 'unknown control "C-0575"', /Did you mean "C-0\d\d\d".*kubescape list controls/],
  [
    'scan control privileged_containr pod.yaml',
    'unknown control "privileged containr"',
    /Did you mean "Privileged container"\?/,
  ],
  ['scan control ,C-0057 pod.yaml', 'an empty control name', /Remove the extra comma/],
  ['scan pod.yaml --include-controls C-0575', 'unknown control "C-0575"', /Did you mean/],
  ['scan pod.yaml --exclude-controls C-9999', 'unknown control "C-9999"', /kubescape list controls/],
  ['scan pod.yaml --include-controls=', 'an empty control name', /Remove the extra comma/],
  ['scan pod.yaml --exclude-controls C-0057,', 'an empty control name', /Remove the extra comma/],
  ['scan pod.yaml --skip-controls ,', 'an empty control name', /Remove the extra comma/],
  [
    'scan control C-0057 pod.yaml --exclude-controls c-0057',
    'no control is left to run',
    /--include-controls, --exclude-controls or --skip-controls/,
  ],
  ['scan framework nsa pod.yaml --include-controls C-0076', 'no control is left to run', /--include-controls/],
  ['scan pod.yaml --submit --keep-local', '--submit and --keep-local contradict each other', /Give one of them/],
  ['scan pod.yaml --submit', '--submit: no server is known', /Name one: --server https:/],
  ['scan pod.yaml --server http://localhost/', '--server does nothing without --submit', /Add --submit/],
  ['scan pod.yaml --server-ca ca.pem', '--server-ca does nothing without --submit', /Add --submit/],
  ['scan pod.yaml --submit --server localhost:80', '--server is no http or https URL', /such as https:/],
  ['scan pod.yaml --submit --server ftp://localhost/', '--server is no http or https URL', /such as https:/],
  [
    'scan pod.yaml --submit --server http://a:b@localhost/',
    '--server holds a name or a password',
    /KUBESCAPE_SERVER_TOKEN/,
  ],
  ['scan pod.yaml --submit --server https://localhost/ --server-ca no.pem', '--server-ca cannot be read', /PEM/],
  [
    'scan pod.yaml --submit --server https://localhost/ --server-ca pod.yaml',
    '--server-ca pod.yaml holds no',
    /authority/,
  ],
  [
    'scan pod.yaml --submit --server https://localhost/ --server-ca bad.pem',
    '--server-ca bad.pem holds a',
    /authority/,
  ],
  ['scan pod.yaml --format xml', '--format does not know "xml"', /Use one or more of pretty-printer, json/],
  ['scan pod.yaml --format json,', '--format has an empty entry', /pretty-printer, json/],
  ['scan pod.yaml --format-version v9', '--format-version does not know "v9"', /v2, v3/],
  ['scan pod.yaml --view tree', '--view does not know "tree"', /security, control, resource/],
  ['scan pod.yaml --logger loud', '--logger does not know "loud"', /debug, info/],
  [
    'scan pod.yaml --facts facts --facts more',
    '--facts is for scans of a cluster',
    /as paths.*: kubescape scan pod\.yaml facts more$/,
  ],
  ['scan pod.yaml --facts=_', '--facts is empty', /Name a file or directory/],
  ['scan framework nsa pod.yaml --cloud-describe', '--cloud-describe is for scans of a cluster', /Leave the paths out/],
  ['scan pod.yaml --include-kinds=_', '--include-kinds is empty', /Deployment/],
  ['scan pod.yaml --exclude-kinds ,', '--exclude-kinds is empty', /Deployment/],
  ['scan pod.yaml --controls-config missing.json', '--controls-config cannot be read', /JSON or YAML file/],
  ['scan pod.yaml --controls-config list.yaml', 'the control inputs are not a map', /Write names with lists/],
  [
    'scan pod.yaml --controls-config unknown.yaml',
    'unknown control input "sensitiveKeyNam"',
    /Did you mean "sensitiveKeyNames"/,
  ],
  ['scan pod.yaml --controls-config broken.yaml', '--controls-config broken.yaml:', /\S/],
  ['version -f xml', '--format does not know "xml"', /text or json/],
  ['list', "missing required argument 'what'", /kubescape help/],
  ['list cheese', '"cheese" cannot be listed', /frameworks or .*controls/],
  ['list controls -f xml', '--format does not know "xml"', /pretty-print, json, yaml, csv/],
  ['completion tcsh', 'no completion for "tcsh"', /bash, zsh, fish, powershell/],
  ['completion', "missing required argument 'shell'", /kubescape help/],
]

describe('what makes no sense ends with 1, one sentence, and what to do', () => {
  test.each(refused)('kubescape %s', (typed, message, hint) => {
    const { code, stdout, stderr } = kubescape(
      typed.split(' ').map((word) => word.replaceAll('_', ' ')),
      // Whoever runs the tests may have a cluster.
      { cwd: folder, env: { HOME: `${folder}/home`, KUBECONFIG: '' } },
    )
    const [first = '', second = '', ...rest] = stderr.split('\n')
    expect({ code, stdout, rest }).toEqual({ code: 1, stdout: '', rest: [''] })
    expect(first.startsWith(`error: ${message}`)).toBe(true)
    expect(second).toMatch(hint)
  })
})

describe('switches', () => {
  test('take =true and =false', () => {
    const plain = kubescape(['scan', 'pod.yaml'], { cwd: folder })
    const off = ['--verbose=false', '--submit=false', '--as-cluster=FALSE', '--host-scan=false', '--keep-local=true']
    expect(kubescape(['scan', 'pod.yaml', ...off], { cwd: folder })).toEqual(plain)
    const verbose = kubescape(['scan', 'pod.yaml', '--verbose=true'], { cwd: folder })
    expect(verbose).toEqual(kubescape(['scan', 'pod.yaml', '-v'], { cwd: folder }))
    expect(verbose.stdout.length).toBeGreaterThan(plain.stdout.length)
  })

  test.each(['--enable-host-scan', '--host-scan'])('%s on files says what it needs', (flag) => {
    const { code, stderr } = kubescape(['scan', 'pod.yaml', flag], { cwd: folder })
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /^--enable-host-scan is for scans of a cluster: run kubescape node-facts [^\n]* as paths [^\n]*\n$/,
    )
  })

  test('flags may stand before and after the command that they belong to, and before paths', () => {
    const one = kubescape(['scan', '--verbose', 'control', 'C-0057', 'pod.yaml'], { cwd: folder })
    const other = kubescape(['scan', 'control', 'C-0057', 'pod.yaml', '--verbose'], { cwd: folder })
    expect(one.code).toBe(0)
    expect(one).toEqual(other)
    const nearest = kubescape(['scan', '-f', 'json', 'control', 'C-0057', 'pod.yaml', '-f', 'pretty-printer', '-v'], {
      cwd: folder,
    })
    expect(nearest).toEqual(other)
  })

  test('the deprecated --fail-threshold is taken and does nothing', () => {
    expect(kubescape(['scan', 'pod.yaml', '--fail-threshold', '0'], { cwd: folder }).code).toBe(0)
  })
})

describe('names', () => {
  test('of frameworks and controls are compared without regard to case', () => {
    expect(kubescape(['scan', 'framework', 'NsA, mitre', 'pod.yaml'], { cwd: folder }).code).toBe(0)
    const byName = kubescape(['scan', 'control', 'privileged CONTAINER', 'pod.yaml'], { cwd: folder })
    const byId = kubescape(['scan', 'control', 'c-0057', 'pod.yaml'], { cwd: folder })
    expect(byName.code).toBe(0)
    // The first line repeats what was typed.
    const [, ...rest] = byId.stdout.split('\n')
    expect(byName.stdout.split('\n').slice(1)).toEqual(rest)
  })
})
