package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Finding.Severity;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a DataVolume, or a template for one, gets its data from: a claim, a snapshot, a
/// DataSource, or a download that may need Secrets and certificates.
final class DataVolumeSources {
  private static final List<String> DOWNLOADS =
      List.of("http", "s3", "gcs", "registry", "imageio", "vddk");

  private record Source(ObjectRef ref, String path) {}

  private DataVolumeSources() {}

  /// Links a DataVolume that is to be filled, or what holds a template for it, to every object that
  /// its data comes from.
  static void follow(ObjectRef from, JsonNode spec, String path, Draft draft) {
    List<Source> sources = copied(from, spec, path);
    sources.addAll(downloaded(from, spec.path("source"), path + ".source"));
    sources.forEach(source -> draft.link(from, source.ref(), Need.OPTIONAL, source.path()));
  }

  /// Links a finished DataVolume to the objects that its data was copied from. Nobody misses them
  /// when they are gone.
  static void followDone(ObjectRef dataVolume, JsonNode spec, Draft draft) {
    for (Source source : copied(dataVolume, spec, "spec")) {
      draft.explainAbsence(
          Severity.INFO,
          dataVolume,
          source.ref(),
          "%s is gone; %s was copied from it and needs it no more"
              .formatted(source.ref(), dataVolume));
      draft.link(dataVolume, source.ref(), Need.OPTIONAL, source.path());
    }
  }

  /// The object that `{namespace, name}` names; a namespace that is not written is that of `from`.
  static Optional<ObjectRef> named(ObjectRef from, ResourceKind kind, JsonNode named) {
    return Json.text(named, "name")
        .map(name ->
            ObjectRef.of(kind, Json.text(named, "namespace").orElse(from.namespace()), name));
  }

  private static List<Source> copied(ObjectRef from, JsonNode spec, String path) {
    List<Source> sources = new ArrayList<>();
    named(from, Kinds.CLAIM, Json.at(spec, "source.pvc"))
        .ifPresent(ref -> sources.add(new Source(ref, path + ".source.pvc.name")));
    named(from, Kinds.VOLUME_SNAPSHOT, Json.at(spec, "source.snapshot"))
        .ifPresent(ref -> sources.add(new Source(ref, path + ".source.snapshot.name")));
    JsonNode sourceRef = spec.path("sourceRef");
    if (sourceRef.path("kind").asText("").equals(Kinds.DATA_SOURCE.kind())) {
      named(from, Kinds.DATA_SOURCE, sourceRef)
          .ifPresent(ref -> sources.add(new Source(ref, path + ".sourceRef.name")));
    }
    return sources;
  }

  private static List<Source> downloaded(ObjectRef from, JsonNode source, String path) {
    List<Source> sources = new ArrayList<>();
    for (String download : DOWNLOADS) {
      JsonNode settings = source.path(download);
      String at = path + "." + download;
      Json.text(settings, "secretRef")
          .map(name -> ObjectRef.of(Kinds.SECRET, from.namespace(), name))
          .ifPresent(ref -> sources.add(new Source(ref, at + ".secretRef")));
      Json.text(settings, "certConfigMap")
          .map(name -> ObjectRef.of(Kinds.CONFIG_MAP, from.namespace(), name))
          .ifPresent(ref -> sources.add(new Source(ref, at + ".certConfigMap")));
      for (JsonNode header : settings.path("secretExtraHeaders")) {
        ObjectRef ref = ObjectRef.of(Kinds.SECRET, from.namespace(), header.asText());
        sources.add(new Source(ref, at + ".secretExtraHeaders"));
      }
    }
    return sources;
  }
}
