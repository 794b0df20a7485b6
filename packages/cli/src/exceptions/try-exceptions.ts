/** `kubescape exceptions test`: what files of exceptions would cover in a report. */
import { preciseScore } from '@kubescape/formats'
import { tryExceptions, type ReportedScan, type Trial } from '@kubescape/scanner'

import { count, visible } from '../terminal.ts'
import { readExceptionFiles, refuseErrors } from './exception-files.ts'
import { readReportedScan } from './reported-scan.ts'

/** Failures that are listed one by one. */
const MOST_LINES = 200

/**
 * The answer, as lines or as JSON.
 * @throws {Failure} for files that cannot be read or have errors
 */
export async function renderTrial(
  files: readonly string[],
  report: string,
  format: 'pretty-print' | 'json',
): Promise<string> {
  const { rules, problems } = await readExceptionFiles(files, 'exceptions test')
  refuseErrors(problems, 'exceptions test')
  const scan = readReportedScan(report, `--report ${report}`)
  const trial = tryExceptions(scan, { rules, clusterNames: [], now: new Date().toISOString() })
  return format === 'json' ? `${JSON.stringify(asJson(trial, scan))}\n` : `${lines(trial, scan).join('\n')}\n`
}

function lines({ covered, manual, failures, before, after, idle }: Trial, scan: ReportedScan): string[] {
  const shown = covered.slice(0, MOST_LINES).map(({ controlID, ref, isWhole, exceptions }) => {
    return visible(
      `  ${controlID}  ${nameOf(scan, ref)}${isWhole ? '' : ' (in part)'}  by ${names(exceptions).join(', ')}`,
    )
  })
  const whole = covered.filter(({ isWhole }) => isWhole).length
  return [
    `Would be excluded: ${whole} of ${count(failures, 'failure')}`,
    ...shown,
    ...(covered.length > shown.length ? [`  ${covered.length - shown.length} more; --format json lists all`] : []),
    ...manual.map(({ controlID, exceptions }) =>
      visible(`  ${controlID}  checked by hand  by ${names(exceptions).join(', ')}`),
    ),
    ...idle.map(({ name, source }) => visible(`Would accept nothing: ${name} (${source})`)),
    `Overall compliance score: ${preciseScore(before)}% now, ${preciseScore(after)}% with these exceptions`,
  ]
}

function asJson({ covered, manual, failures, before, after, idle }: Trial, scan: ReportedScan): object {
  return {
    failures,
    covered: covered.map(({ controlID, ref, isWhole, exceptions }) => {
      const { kind = '', namespace = '', name = '' } = scan.resources[ref]?.resource.identity ?? {}
      const resourceID = scan.resources[ref]?.id ?? ''
      return { controlID, resourceID, kind, namespace, name, whole: isWhole, exceptions: names(exceptions) }
    }),
    manualControls: manual.map(({ controlID, exceptions }) => ({ controlID, exceptions: names(exceptions) })),
    unused: names(idle),
    complianceScore: { before, after },
  }
}

function names(exceptions: readonly { readonly name: string }[]): string[] {
  return exceptions.map(({ name }) => name)
}

function nameOf({ resources }: ReportedScan, ref: number): string {
  const { kind = '', namespace = '', name = '' } = resources[ref]?.resource.identity ?? {}
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}
