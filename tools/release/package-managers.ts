/** Manifests for package managers, each with the digests of what it downloads. */
import { archiveName, type Platform } from './platforms.ts'

/** What a manifest speaks of. */
export interface Release {
  readonly version: string
  readonly description: string
  readonly licence: string
  /** Where the files are published, without a slash at the end. */
  readonly baseUrl: string
  /** Machines that there is an executable for. */
  readonly platforms: readonly Platform[]
  /** Name of the npm package. */
  readonly tarball: string
  /** SHA-256 of a file of the release. */
  readonly digest: (name: string) => string
}

/** Homebrew: the executable on Linux; elsewhere the npm package on Homebrew's own Node.js. */
export function renderFormula(release: Release): string {
  const { version, description, licence, baseUrl, platforms, tarball, digest } = release
  const executables = platforms.map((platform) => {
    const name = archiveName(platform, version)
    return `    on_${platform.arch === 'arm64' ? 'arm' : 'intel'} do
      url "${baseUrl}/${name}"
      sha256 "${digest(name)}"
    end
`
  })
  return `class Kubescape < Formula
  desc "${description}"
  homepage "https://kubescape.io"
  version "${version}"
  license "${licence}"

  on_macos do
    url "${baseUrl}/${tarball}"
    sha256 "${digest(tarball)}"
    depends_on "node"
  end

  on_linux do
${executables.join('')}  end

  def install
    if OS.mac?
      system "npm", "install", *std_npm_args
      bin.install_symlink libexec.glob("bin/*")
    else
      bin.install "kubescape"
      man1.install "kubescape.1"
    end
    generate_completions_from_executable(bin/"kubescape", "completion")
  end

  test do
    assert_match "v#{version}", shell_output("#{bin}/kubescape version")
  end
end
`
}

/** Scoop: the npm package on a Node.js of the machine, as there is no executable for Windows. */
export function renderScoop({ version, description, licence, baseUrl, tarball, digest }: Release): string {
  const manifest = {
    version,
    description,
    homepage: 'https://kubescape.io',
    license: licence,
    depends: 'nodejs',
    url: `${baseUrl}/${tarball}`,
    hash: digest(tarball),
    extract_dir: 'package',
    pre_install: String.raw`Set-Content "$dir\kubescape.cmd" '@node --disable-warning=ExperimentalWarning "%~dp0dist\main.js" %*'`,
    bin: 'kubescape.cmd',
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** krew: \`kubectl kubescape\`, on the machines that there is an executable for. */
export function renderKrew({ version, description, baseUrl, platforms, digest }: Release): string {
  const executables = platforms.map((platform) => {
    const name = archiveName(platform, version)
    return `    - selector:
        matchLabels:
          os: ${platform.os}
          arch: ${platform.arch}
      uri: ${JSON.stringify(`${baseUrl}/${name}`)}
      sha256: ${digest(name)}
      bin: kubescape
      files:
        - from: kubescape
          to: .
        - from: LICENSE
          to: .
`
  })
  return `apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: kubescape
spec:
  version: v${version}
  homepage: https://kubescape.io
  shortDescription: Security scanner for clusters and manifests
  description: |
    ${description}
  platforms:
${executables.join('')}`
}
