package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.firn.cluster.rights.Grant;
import io.firn.cluster.rights.Grants;
import io.firn.cluster.rights.Right;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What an API server's audit log says that Firn has used, compared with the list of rights. A log
/// of kube-apiserver and one of the simulator look the same.
record AuditedRights(Set<Used> used) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One right as it was used: in a namespace, or for the whole cluster.
  record Used(String verb, String apiGroup, String resource, boolean inNamespace, String name)
      implements Comparable<Used> {
    @Override
    public int compareTo(Used other) {
      return toString().compareTo(other.toString());
    }

    boolean isSelfReview() {
      return resource.startsWith("selfsubject");
    }
  }

  /// Reads the requests of Firn itself that these users made.
  static AuditedRights of(Path log, Predicate<String> users) throws IOException {
    Set<Used> used = new TreeSet<>();
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = JSON.readTree(line);
        boolean ofFirn = event.path("userAgent").asText().startsWith("firn");
        if (ofFirn && event.has("objectRef") && users.test(event.at("/user/username").asText())) {
          used.add(used(event));
        }
      }
    }
    used.removeIf(Used::isSelfReview);
    return new AuditedRights(used);
  }

  private static Used used(JsonNode event) {
    JsonNode ref = event.path("objectRef");
    String sub = ref.path("subresource").asText("");
    String resource = ref.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub);
    boolean namespaces = resource.equals("namespaces");
    return new Used(
        event.path("verb").asText(),
        ref.path("apiGroup").asText(""),
        resource,
        !ref.path("namespace").asText("").isEmpty(),
        namespaces ? ref.path("name").asText("") : "");
  }

  /// What was used and is not in the list.
  Set<Used> unlisted() {
    Set<Used> unlisted = new TreeSet<>(used);
    unlisted.removeIf(one -> Grants.all().stream().anyMatch(grant -> covers(grant, one)));
    return unlisted;
  }

  /// What is in the list and was not used.
  Set<String> unused() {
    Set<String> unused = new TreeSet<>();
    for (Grant grant : Grants.all()) {
      if (used.stream().noneMatch(one -> covers(grant, one))) {
        unused.add(grant.right().text() + " of " + grant.role().title());
      }
    }
    return unused;
  }

  private static boolean covers(Grant grant, Used used) {
    Right right = grant.right();
    boolean same =
        right.verb().equals(used.verb())
            && right.apiGroup().equals(used.apiGroup())
            && right.resource().equals(used.resource());
    if (!same) {
      return false;
    }
    if (!right.name().isEmpty()) {
      return right.name().equals(used.name());
    }
    // One namespace is looked at by its name alone, and has a rule of its own.
    return !used.name().equals("kube-system");
  }
}
