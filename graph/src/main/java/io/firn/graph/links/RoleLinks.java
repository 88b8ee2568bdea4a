package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.stream.StreamSupport;

/// What a machine's service account may do: role bindings of its namespace and their roles. Cluster
/// roles belong to the cluster.
final class RoleLinks implements ObjectLinks {
  private static final Indexing SUBJECT = new Indexing("bound service account", RoleLinks::bound);

  @Override
  public ResourceKind from() {
    return Kinds.SERVICE_ACCOUNT;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode account, Draft draft) {
    String subject = ref.namespace() + "/" + ref.name();
    for (ObjectNode object :
        draft.index().list(Kinds.ROLE_BINDING, ref.namespace()).where(SUBJECT, subject)) {
      ObjectRef binding = ObjectRef.of(Kinds.ROLE_BINDING, ref.namespace(), Json.name(object));
      draft.link(ref, binding, Need.OPTIONAL, "binding subjects");
      if (Json.text(object, "roleRef.kind").orElse("").equals(Kinds.ROLE.kind())) {
        Json.text(object, "roleRef.name")
            .map(name -> ObjectRef.of(Kinds.ROLE, ref.namespace(), name))
            .ifPresent(role -> draft.link(binding, role, Need.OPTIONAL, "roleRef.name"));
      }
    }
  }

  private static List<String> bound(ObjectNode binding) {
    String home = Json.text(binding, "metadata.namespace").orElse("");
    return StreamSupport.stream(binding.path("subjects").spliterator(), false)
        .filter(subject -> subject.path("kind").asText("").equals(Kinds.SERVICE_ACCOUNT.kind()))
        .map(subject ->
            Json.text(subject, "namespace").orElse(home) + "/" + subject.path("name").asText())
        .distinct()
        .toList();
  }
}
