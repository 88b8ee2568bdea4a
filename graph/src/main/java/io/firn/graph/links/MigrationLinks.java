package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.List;
import java.util.Set;

/// Migrations of an instance: to restore one would start it again. One that is in flight moves the
/// machine while it is looked at.
final class MigrationLinks implements ObjectLinks {
  private static final Indexing OF_INSTANCE = Indexing.field("spec.vmiName");
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  @Override
  public ResourceKind from() {
    return Kinds.INSTANCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode instance, Draft draft) {
    List<ObjectNode> migrations =
        draft.index().list(Kinds.MIGRATION, ref.namespace()).where(OF_INSTANCE, ref.name());
    for (ObjectNode migration : migrations) {
      ObjectRef to = ObjectRef.of(Kinds.MIGRATION, ref.namespace(), Json.name(migration));
      draft.link(ref, to, Need.NEVER_RESTORE, "migration spec.vmiName");
    }
    boolean inFlight =
        migrations.stream().anyMatch(migration -> !ENDED.contains(phase(migration)))
            || isActive(Json.at(instance, "status.migrationState"));
    if (inFlight) {
      draft.find(Severity.WARNING, ref, ref + " is being migrated to another node");
    }
  }

  private static String phase(ObjectNode migration) {
    return Json.text(migration, "status.phase").orElse("");
  }

  private static boolean isActive(JsonNode migrationState) {
    return migrationState.isObject()
        && !Json.isTrue(migrationState, "completed")
        && !Json.isTrue(migrationState, "failed");
  }
}
