package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import java.util.List;

/// Which VolumeSnapshotClass a snapshot uses, as the snapshot controller chooses it.
sealed interface SnapshotClassChoice {
  record Chosen(ObjectNode snapshotClass) implements SnapshotClassChoice {}

  record Refused(String reason, String message) implements SnapshotClassChoice {}

  /// The class that the snapshot names, or the one default class of the driver: annotation value
  /// `true`, not more and not fewer than one.
  static SnapshotClassChoice of(List<ObjectNode> classes, String named, String driver) {
    return named.isEmpty() ? defaultOf(classes, driver) : named(classes, named, driver);
  }

  private static SnapshotClassChoice named(List<ObjectNode> classes, String named, String driver) {
    return classes.stream()
        .filter(one -> Meta.name(one).equals(named))
        .findFirst()
        .map(one -> checkDriver(one, driver))
        .orElseGet(() ->
            new Refused(
                "GetSnapshotClassFailed",
                "Failed to get snapshot class with error"
                    + " volumesnapshotclass.snapshot.storage.k8s.io \"%s\" not found"
                        .formatted(named)));
  }

  private static SnapshotClassChoice checkDriver(ObjectNode snapshotClass, String driver) {
    String classDriver = Fields.text(snapshotClass, "driver");
    return classDriver.equals(driver)
        ? new Chosen(snapshotClass)
        : new Refused(
            "SnapshotContentCreationFailed",
            "Failed to create snapshot content with error the volume is of driver %s but snapshot class %s is for %s"
                .formatted(driver, Meta.name(snapshotClass), classDriver));
  }

  private static SnapshotClassChoice defaultOf(List<ObjectNode> classes, String driver) {
    List<ObjectNode> defaults =
        classes.stream()
            .filter(one -> Meta.annotation(one, StorageNames.DEFAULT_CLASS).equals("true"))
            .filter(one -> Fields.text(one, "driver").equals(driver))
            .toList();
    return switch (defaults.size()) {
      case 1 -> new Chosen(defaults.getFirst());
      case 0 -> noDefault("cannot find default snapshot class");
      default -> noDefault(defaults.size() + " default snapshot classes were found");
    };
  }

  private static Refused noDefault(String why) {
    return new Refused(
        "SetDefaultSnapshotClassFailed", "Failed to set default snapshot class with error " + why);
  }
}
