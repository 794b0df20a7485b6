# Functions with several clauses and else, called for every container of every workload.
package bench.functions

import rego.v1

deny contains result if {
	workload := input[_]
	spec := pod_spec(workload)
	container := spec.containers[i]
	path := sprintf("%s.containers[%d]", [spec_path(workload.kind), i])
	some problem in problems(container, spec)
	result := {
		"alertMessage": problem.message,
		"fixPaths": [{"path": concat(".", [path, problem.field]), "value": problem.value}],
		"alertObject": {"k8sApiObjects": [workload]},
	}
}

pod_spec(workload) := workload.spec if workload.kind == "Pod"

pod_spec(workload) := workload.spec.template.spec if workload.kind == "Deployment"

pod_spec(workload) := workload.spec.template.spec if workload.kind == "StatefulSet"

pod_spec(workload) := workload.spec.template.spec if workload.kind == "DaemonSet"

pod_spec(workload) := workload.spec.template.spec if workload.kind == "Job"

pod_spec(workload) := workload.spec.jobTemplate.spec.template.spec if workload.kind == "CronJob"

spec_path("Pod") := "spec"

spec_path("CronJob") := "spec.jobTemplate.spec.template.spec"

spec_path(kind) := "spec.template.spec" if kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}

problems(container, spec) := [problem |
	some problem in [
		{"holds": runs_as_root(container, spec), "field": "securityContext.runAsNonRoot", "value": "true", "message": "may run as root"},
		{"holds": is_writable(container), "field": "securityContext.readOnlyRootFilesystem", "value": "true", "message": "may write its files"},
		{"holds": lacks_limit(container), "field": "resources.limits.memory", "value": "YOUR_VALUE", "message": "has no limit"},
	]
	problem.holds == true
]

runs_as_root(container, spec) := false if {
	container.securityContext.runAsNonRoot == true
} else := false if {
	spec.securityContext.runAsNonRoot == true
} else := false if {
	container.securityContext.runAsUser > 0
} else := true

default is_writable(_) := true

is_writable(container) := false if container.securityContext.readOnlyRootFilesystem

lacks_limit(container) := object.get(container, ["resources", "limits", "memory"], "") == ""
