package io.firn.simulator.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Brings a pod's volumes to this machine: folders and files that containers' paths are mapped to.
final class PodVolumes {
  private final ApiClient client;
  private final VolumeStore store;
  private final ObjectNode pod;
  private final Path folder;

  PodVolumes(ApiClient client, VolumeStore store, ObjectNode pod, Path folder) {
    this.client = client;
    this.store = store;
    this.pod = pod;
    this.folder = folder;
  }

  /// A volume cannot be had, now or ever; the text goes into the event FailedMount.
  static final class MountFailure extends Exception {
    private static final long serialVersionUID = 1L;

    MountFailure(String message) {
      super(message);
    }
  }

  /// Where each volume of the pod lies, by name.
  Map<String, Path> mount() throws MountFailure, IOException {
    Map<String, Path> mounted = new LinkedHashMap<>();
    for (ObjectNode volume : Fields.objects(pod, "spec", "volumes")) {
      mounted.put(Fields.text(volume, "name"), mount(volume));
    }
    return mounted;
  }

  private Path mount(ObjectNode volume) throws MountFailure, IOException {
    String name = Fields.text(volume, "name");
    if (volume.has("persistentVolumeClaim")) {
      return claim(name, Fields.text(volume, "persistentVolumeClaim", "claimName"));
    }
    if (volume.has("hostPath")) {
      return hostPath(name, volume.path("hostPath"));
    }
    Path target = Files.createDirectories(folder.resolve(name));
    PodFiles files = new PodFiles(client, pod, target);
    if (volume.has("secret")) {
      files.secret(volume.path("secret"), Fields.text(volume, "secret", "secretName"));
    } else if (volume.has("configMap")) {
      files.configMap(volume.path("configMap"), Fields.text(volume, "configMap", "name"));
    } else if (volume.has("downwardAPI")) {
      files.downward(volume.path("downwardAPI"));
    } else if (volume.has("projected")) {
      files.projected(volume.path("projected"));
    } else if (!volume.has("emptyDir")) {
      throw new MountFailure(
          "MountVolume.SetUp failed for volume \"%s\" : this node cannot mount %s"
              .formatted(name, kind(volume)));
    }
    return target;
  }

  private static String kind(ObjectNode volume) {
    return volume
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(field -> !field.equals("name"))
        .findFirst()
        .orElse("a volume without a source");
  }

  private Path claim(String volumeName, String claimName) throws MountFailure {
    ObjectNode claim =
        client
            .get(Types.CLAIM, Meta.namespace(pod), claimName)
            .orElseThrow(
                () -> failed(volumeName, "persistentvolumeclaim \"" + claimName + "\" not found"));
    if (!Fields.text(claim, "status", "phase").equals("Bound")) {
      throw failed(volumeName, "persistentvolumeclaim \"" + claimName + "\" is not bound");
    }
    String persistent = Fields.text(claim, "spec", "volumeName");
    String handle =
        client
            .get(Types.VOLUME, "", persistent)
            .map(one -> Fields.text(one, "spec", "csi", "volumeHandle"))
            .orElse("");
    if (handle.isEmpty()) {
      throw failed(
          volumeName, "persistentvolume \"" + persistent + "\" is not of this node's driver");
    }
    return store.path(handle);
  }

  private Path hostPath(String volumeName, JsonNode source) throws MountFailure, IOException {
    Path host = Path.of(Fields.text(source, "path"));
    switch (Fields.text(source, "type")) {
      case "DirectoryOrCreate" -> Files.createDirectories(host);
      case "Directory" ->
          require(Files.isDirectory(host), volumeName, host + " is not a directory");
      case "File" -> require(Files.isRegularFile(host), volumeName, host + " is not a file");
      default -> {
        // "" and the rarer kinds are not looked at.
      }
    }
    return host;
  }

  private static void require(boolean holds, String volumeName, String why) throws MountFailure {
    if (!holds) {
      throw failed(volumeName, "hostPath type check failed: " + why);
    }
  }

  private static MountFailure failed(String volumeName, String why) {
    return new MountFailure("MountVolume.SetUp failed for volume \"" + volumeName + "\" : " + why);
  }
}
