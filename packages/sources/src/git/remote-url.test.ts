/** URLs of repositories, as people copy them. */
import { describe, expect, test } from 'vitest'

import { parseRemote, UnusableUrl } from './remote-url.ts'

/** What the URL means, as one line: what is cloned, revision, what the repository must tell, path. */
function meaning(text: string): string | undefined {
  const remote = parseRemote(text)
  if (remote === undefined) return undefined
  const { url, revision = '', revisionAndPath = '', path = '' } = remote
  return [url, revision, revisionAndPath, path].join(' | ').replaceAll(/(?: \| )+$/g, '')
}

describe('a repository', () => {
  test.each([
    ['https://github.com/org/repo', 'https://github.com/org/repo'],
    ['https://github.com/org/repo/', 'https://github.com/org/repo'],
    ['https://github.com/org/repo.git', 'https://github.com/org/repo.git'],
    ['github.com/org/repo', 'https://github.com/org/repo'],
    ['https://gitlab.example:8443/a/b/c/repo', 'https://gitlab.example:8443/a/b/c/repo'],
    ['git+https://host/x/y', 'https://host/x/y'],
    ['ssh://git@host:2222/org/repo.git', 'ssh://git@host:2222/org/repo.git'],
    ['git@github.com:org/repo.git', 'ssh://git@github.com/org/repo.git'],
    ['git@host:/srv/repo', 'ssh://git@host/srv/repo'],
    ['host:repo.git', 'ssh://host/repo.git'],
    ['git@ssh.dev.azure.com:v3/org/project/repo', 'ssh://git@ssh.dev.azure.com/v3/org/project/repo'],
    ['git://host/repo', 'git://host/repo'],
    ['file:///srv/git/repo', 'file:///srv/git/repo'],
    ['https://me:token@host/org/repo', 'https://me:token@host/org/repo'],
    ['https://dev.azure.com/org/my%20project/_git/repo', 'https://dev.azure.com/org/my%20project/_git/repo'],
  ])('%s is %s', (text, expected) => {
    expect(meaning(text)).toBe(expected)
  })

  test.each([
    ['https://github.com/org/repo/tree/main', 'https://github.com/org/repo |  | main'],
    ['https://github.com/org/repo/tree/feature/x/charts/web', 'https://github.com/org/repo |  | feature/x/charts/web'],
    ['https://github.com/org/repo/blob/v1.2/k8s/a.yaml', 'https://github.com/org/repo |  | v1.2/k8s/a.yaml'],
    ['https://gitlab.com/g/sub/repo/-/tree/main/k8s', 'https://gitlab.com/g/sub/repo |  | main/k8s'],
    ['https://gitea.example/o/r/src/branch/main/k8s', 'https://gitea.example/o/r |  | main/k8s'],
    ['https://bitbucket.org/o/r/src/main/k8s', 'https://bitbucket.org/o/r |  | main/k8s'],
    ['https://host/o/r?ref=v1', 'https://host/o/r | v1'],
    ['https://host/o/r.git//k8s/prod?ref=v1', 'https://host/o/r.git | v1 |  | k8s/prod'],
    ['https://host/o/r.git/k8s', 'https://host/o/r.git |  |  | k8s'],
    ['https://host/o/r#main', 'https://host/o/r | main'],
    ['git@host:o/r.git#main:k8s/', 'ssh://git@host/o/r.git | main |  | k8s'],
    [
      'https://dev.azure.com/o/p/_git/r?version=GBfeature%2Fx&path=/k8s',
      'https://dev.azure.com/o/p/_git/r | feature/x |  | k8s',
    ],
  ])('with a revision or a path: %s is %s', (text, expected) => {
    expect(meaning(text)).toBe(expected)
  })

  test.each([
    ['https://github.com/org/repo', 'github', 'org', 'repo'],
    ['https://gitlab.com/a/b/repo.git', 'gitlab', 'a/b', 'repo'],
    ['https://gitlab.company.example/a/repo', 'gitlab', 'a', 'repo'],
    ['https://dev.azure.com/o/p/_git/r', 'azure', 'o/p', 'r'],
    ['https://bitbucket.company.example/scm/prj/r.git', 'bitbucket', 'prj', 'r'],
    ['https://code.example/r', '', '', 'r'],
  ])('%s is at %s, of %s, called %s', (text, provider, owner, name) => {
    expect(parseRemote(text)).toMatchObject({ provider, owner, name })
  })

  test('is shown without its password', () => {
    expect(parseRemote('https://me:secret@host/o/r/tree/main')?.shown).toBe('https://host/o/r')
  })
})

test.each(['manifests', './a.yaml', '../x', '/srv/k8s', 'C:\\k8s', 'C:/k8s', 'a:b.yaml', '-', '*.yaml', 'dir/a@b:c/d'])(
  '%s is a path',
  (text) => {
    expect(parseRemote(text)).toBeUndefined()
  },
)

test.each([
  'ext::sh -c id',
  'fd::17/foo',
  'ftp://host/repo',
  'https://host',
  'https://',
  'ssh://-oProxyCommand=id/x',
  'ssh://-oProxyCommand=id@host/x',
  'https://host/o/r#--upload-pack=id',
  'https://host/o/r?ref=-x',
  'https://host/o/r?path=../../etc',
  'https://host/o/r#main:../../etc',
  `https://host/${'x'.repeat(4000)}`,
])('%s is refused', (text) => {
  expect(() => parseRemote(text)).toThrow(UnusableUrl)
})
