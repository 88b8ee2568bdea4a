package io.firn.backup;

import io.firn.cluster.ClusterObjects;
import io.firn.failure.FailureCode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import io.firn.run.Parallel;
import java.util.ArrayList;
import java.util.List;

/// Asks the cluster beforehand whether this user may do all that a backup does, so that nobody is
/// frozen for a run that cannot end well.
record Permissions(ClusterObjects objects, Findings findings) {
  private static final ResourceKind SUBRESOURCES =
      new ResourceKind(
          "subresources.kubevirt.io",
          "v1",
          "VirtualMachineInstance",
          "virtualmachineinstances",
          true);
  private static final List<ResourceKind> MADE =
      List.of(Kinds.VOLUME_SNAPSHOT, Kinds.CLAIM, Kinds.JOB, Kinds.SECRET, Kinds.CONFIG_MAP);

  /// What plans of one namespace need, in one go.
  void check(String namespace, List<NamespacePlan> plans) {
    boolean moves = plans.stream().anyMatch(plan -> !plan.volumes().isEmpty());
    List<Right> rights = new ArrayList<>();
    for (ResourceKind kind : moves ? MADE : List.<ResourceKind>of()) {
      rights.add(new Right("create", kind, ""));
      rights.add(new Right("delete", kind, ""));
    }
    if (moves) {
      rights.add(new Right("get", Kinds.POD, "log"));
    }
    boolean freezes =
        plans.stream()
            .flatMap(plan -> plan.machines().stream())
            .anyMatch(m -> m.quiesce() instanceof QuiescePlan.Freeze);
    if (freezes) {
      rights.add(new Right("update", SUBRESOURCES, "freeze"));
      rights.add(new Right("update", SUBRESOURCES, "unfreeze"));
    }
    List<Right> refused =
        Parallel.map(rights, 8, right -> new Answer(right, allowed(right, namespace))).stream()
            .filter(answer -> !answer.allowed())
            .map(Answer::right)
            .toList();
    refused.forEach(right -> report(right, namespace));
  }

  private boolean allowed(Right right, String namespace) {
    return objects.allowed(right.verb(), right.kind(), right.subresource(), namespace);
  }

  private void report(Right right, String namespace) {
    findings.stop(
        FailureCode.CLUSTER_FORBIDDEN,
        ObjectRef.of(Kinds.NAMESPACE, "", namespace),
        "This user may not " + right.text() + " in namespace " + namespace,
        "Ask for a role with the verb " + right.verb() + " on " + right.resource() + ".");
  }

  private record Answer(Right right, boolean allowed) {}

  private record Right(String verb, ResourceKind kind, String subresource) {
    String resource() {
      String plural = subresource.isEmpty() ? kind.plural() : kind.plural() + "/" + subresource;
      return kind.apiGroup().isEmpty() ? plural : plural + "." + kind.apiGroup();
    }

    String text() {
      return verb + " " + resource();
    }
  }
}
