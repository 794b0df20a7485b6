// Command testbed is all programs of a Kubernetes control plane: its first argument says which of them to be.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"

	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	nodes "sigs.k8s.io/kwok/kustomize/stage/node/fast"
	leases "sigs.k8s.io/kwok/kustomize/stage/node/heartbeat-with-lease"
	pods "sigs.k8s.io/kwok/kustomize/stage/pod/fast"
	"sigs.k8s.io/kwok/pkg/config"
	kwok "sigs.k8s.io/kwok/pkg/kwok/cmd"
	kwoklog "sigs.k8s.io/kwok/pkg/log"
)

func main() {
	if len(os.Args) < 2 {
		os.Args = append(os.Args, "")
	}
	if folder := os.Getenv("KUBESCAPE_TESTBED_FOLDER"); folder != "" {
		go endWithStdin(folder)
	}
	os.Args = os.Args[1:]
	switch os.Args[0] {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	case "kube-scheduler":
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case "kubectl":
		util.CheckErr(cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()))
	case "kwok":
		util.CheckErr(runKwok())
	case "kwok-stages":
		for _, stage := range []string{
			nodes.DefaultNodeInit, leases.DefaultNodeHeartbeatWithLease,
			pods.DefaultPodReady, pods.DefaultPodComplete, pods.DefaultPodDelete,
		} {
			fmt.Println(stage + "\n---")
		}
	default:
		util.CheckErr(fmt.Errorf("testbed: there is no program %q", os.Args[0]))
	}
}

// endWithStdin ends this program and removes the folder of its cluster when standard input closes, which happens when
// the test that holds the other end is gone, however it ended. Becoming rm stops all writers of this process first.
func endWithStdin(folder string) {
	_, _ = io.Copy(io.Discard, os.Stdin)
	rm, err := exec.LookPath("rm")
	if err == nil {
		err = syscall.Exec(rm, []string{"rm", "-rf", folder}, nil)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// runKwok is the main function of kwok, whose flags are read in two passes. Commands take over the flags that libraries
// of the other programs have declared for all, among them a --version of another type, unless those are put away.
func runKwok() error {
	pflag.CommandLine = pflag.NewFlagSet("kwok", pflag.ContinueOnError)
	flags := pflag.NewFlagSet("global", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	ctx, _ := kwoklog.InitFlags(context.Background(), flags)
	ctx, err := config.InitFlags(ctx, flags)
	if err != nil {
		return err
	}
	command := kwok.NewCommand(ctx)
	command.PersistentFlags().AddFlagSet(flags)
	return command.ExecuteContext(ctx)
}
