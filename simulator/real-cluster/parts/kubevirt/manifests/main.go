// Prints into a folder what KubeVirt's operator would install: definitions, rights, webhooks.
// It is taken from where the operator takes it, so that it is what this version has.
package main

import (
	"compress/gzip"
	"encoding/base64"
	"io"
	"os"
	"strings"

	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/components"
	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/install"
	"kubevirt.io/kubevirt/pkg/virt-operator/util"
	"sigs.k8s.io/yaml"
)

const namespace = "kubevirt"

func main() {
	config := &util.KubeVirtDeploymentConfig{Namespace: namespace}
	strategy, err := install.NewInstallStrategyConfigMap(config, "", namespace)
	check(err)
	var objects []object
	for _, document := range strings.Split(unpack(strategy.Data["manifests"]), "\n---\n") {
		var one object
		check(yaml.Unmarshal([]byte(strings.TrimPrefix(document, "---\n")), &one))
		objects = append(objects, one)
	}
	own, err := components.NewKubeVirtCrd()
	check(err)
	write(os.Args[1], "virt-api", append(objects, generic(own)))
}

func unpack(packed string) string {
	unzipped, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed)))
	check(err)
	bytes, err := io.ReadAll(unzipped)
	check(err)
	return string(bytes)
}
