/** The door to what asks clouds: it is loaded when somebody asks, since scans of files never do. */
import type { Described, DescribeOptions } from './describe-cluster.ts'

/** As `describeCluster`. */
export async function askCloud(options: DescribeOptions): Promise<Described> {
  const { describeCluster } = await import('./describe-cluster.ts')
  return describeCluster(options)
}
