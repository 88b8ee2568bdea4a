package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Manifests;
import java.util.List;

/// What a cluster with this storage has: the snapshot API and the classes `fast` (default, bound at
/// once, with a VolumeSnapshotClass), `fast-wffc` (bound when a pod uses it) and `plain` (another
/// driver, which cannot snapshot).
public final class Storage {
  private static final List<String> PLURALS =
      List.of(
          "volumesnapshots",
          "volumesnapshotcontents",
          "volumesnapshotclasses",
          "volumegroupsnapshots",
          "volumegroupsnapshotcontents",
          "volumegroupsnapshotclasses");
  private static final List<String> OBJECTS =
      List.of(
          "csidriver-fast",
          "csidriver-plain",
          "storageclass-fast",
          "storageclass-fast-wffc",
          "storageclass-plain",
          "snapshotclass-fast");

  private Storage() {}

  /// The CustomResourceDefinitions, to be created first.
  public static List<ObjectNode> definitions() {
    return PLURALS.stream()
        .map(plural -> Manifests.read(Storage.class, "crds/" + plural + ".yaml"))
        .toList();
  }

  /// Drivers and classes, to be created when the definitions are served.
  public static List<ObjectNode> objects() {
    return OBJECTS.stream().map(name -> Manifests.read(Storage.class, name + ".yaml")).toList();
  }
}
