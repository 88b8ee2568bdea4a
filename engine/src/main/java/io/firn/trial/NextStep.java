package io.firn.trial;

import java.util.Locale;

/// What a user can do where a cluster refuses a mover, by the words of the refusal: rules of
/// namespaces and policies have no codes. Stateless.
final class NextStep {
  private NextStep() {}

  static String of(String refusal) {
    String text = refusal.toLowerCase(Locale.ROOT);
    if (text.contains("podsecurity")) {
      return podSecurity(text);
    }
    if (text.contains("exceeded quota")) {
      return "Raise the quota, give movers less (--mover-memory), or run fewer (--parallel).";
    }
    if (text.contains("must specify")) {
      return "Give movers those resources in a template: --mover-template (docs/movers.md).";
    }
    if (text.contains(" usage per ") || text.contains("limit to request ratio")) {
      return "Keep to the LimitRange: --mover-memory SIZE, or resources in --mover-template.";
    }
    if (text.contains("security context constraint")) {
      return "Let the movers' service account (--mover-service-account) use a constraint that"
          + " fits.";
    }
    if (text.contains("serviceaccount") || text.contains("service account")) {
      return "Make the service account in this namespace, or name another one.";
    }
    if (text.contains("priorityclass")) {
      return "Name a priority class that exists: --mover-priority-class (kubectl get pc).";
    }
    if (text.contains("webhook") || text.contains("policy")) {
      return "Give movers what it asks for: --mover-label, --mover-annotation, --mover-template.";
    }
    return "Change it by --mover-template, or what the server objects to.";
  }

  private static String podSecurity(String text) {
    if (text.contains("hostpath")) {
      return "A file: vault is mounted from the node, which this namespace does not allow: use a"
          + " pvc: or s3: vault.";
    }
    if (text.contains("\"nfs\"")) {
      return "This namespace does not allow to mount NFS directly: make a claim of the share and"
          + " use a pvc: vault, or an s3: vault.";
    }
    if (text.contains("runasuser=0") || text.contains("runasnonroot")) {
      return "Run movers as user 107 (leave out --mover-root), or label the namespace.";
    }
    return "Give movers what the level asks for (--mover-template), or label the namespace"
        + " otherwise.";
  }
}
