package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;

/// A DataSource, the golden image that it stands for, and the cron that keeps it fresh.
final class DataSourceLinks implements ObjectLinks {
  private static final String CRON = "cdi.kubevirt.io/dataImportCron";

  @Override
  public ResourceKind from() {
    return Kinds.DATA_SOURCE;
  }

  @Override
  public void follow(ObjectRef ref, ObjectNode dataSource, Draft draft) {
    JsonNode source = Json.at(dataSource, "spec.source");
    link(ref, Kinds.CLAIM, source, "pvc", draft);
    link(ref, Kinds.VOLUME_SNAPSHOT, source, "snapshot", draft);
    link(ref, Kinds.DATA_SOURCE, source, "dataSource", draft);
    String cron = Json.label(dataSource, CRON);
    if (!cron.isEmpty()) {
      draft.link(
          ref,
          ObjectRef.of(Kinds.DATA_IMPORT_CRON, ref.namespace(), cron),
          Need.OPTIONAL,
          "metadata.labels[" + CRON + "]");
    }
  }

  private static void link(
      ObjectRef from, ResourceKind kind, JsonNode source, String field, Draft draft) {
    DataVolumeSources.named(from, kind, source.path(field))
        .ifPresent(ref -> draft.link(from, ref, Need.OPTIONAL, "spec.source." + field + ".name"));
  }
}
