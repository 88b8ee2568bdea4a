package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Moves the bytes of one import.
final class Transfer {
  private final ApiClient client;
  private final VolumeStore volumes;
  private final HttpImages http = new HttpImages();

  Transfer(ApiClient client, VolumeStore volumes) {
    this.client = client;
    this.volumes = volumes;
  }

  /// Told how many bytes of how many are done; a total of 0 is unknown.
  @FunctionalInterface
  interface Done {
    void bytes(long done, long total);
  }

  /// Fills the target as the claim's annotations say.
  void run(ObjectNode claim, DiskTarget target, Done done) throws IOException {
    if (Meta.annotated(claim, Keys.CLONE_REQUEST)) {
      cloneClaim(claim, target, done);
    } else if (Meta.annotated(claim, Keys.SNAPSHOT_REQUEST)) {
      cloneSnapshot(claim, target, done);
    } else {
      imported(claim, target, done);
    }
  }

  private void imported(ObjectNode claim, DiskTarget target, Done done) throws IOException {
    switch (Meta.annotation(claim, Keys.IMPORT_SOURCE)) {
      case "none" -> target.clear();
      case "http" ->
          http.fetch(URI.create(Meta.annotation(claim, Keys.IMPORT_ENDPOINT)), target, done);
      default ->
          throw new IOException(
              "the source "
                  + Meta.annotation(claim, Keys.IMPORT_SOURCE)
                  + " of claim "
                  + Meta.name(claim)
                  + " is not known to this CDI; use blank, http, pvc or snapshot");
    }
  }

  private void cloneClaim(ObjectNode claim, DiskTarget target, Done done) throws IOException {
    String[] source = Meta.annotation(claim, Keys.CLONE_REQUEST).split("/", 2);
    String handle =
        new ClaimHandle(client)
            .of(source[0], source[1])
            .orElseThrow(
                () -> new IOException("clone source " + String.join("/", source) + " not bound"));
    String copy = temporary(claim);
    volumes.createFromVolume(copy, handle, 0);
    copy(copy, target, done);
  }

  private void cloneSnapshot(ObjectNode claim, DiskTarget target, Done done) throws IOException {
    String[] source = Meta.annotation(claim, Keys.SNAPSHOT_REQUEST).split("/", 2);
    String content =
        client
            .get(Types.SNAPSHOT, source[0], source[1])
            .map(found -> text(found, "status", "boundVolumeSnapshotContentName"))
            .orElse("");
    String handle =
        client
            .get(Types.SNAPSHOT_CONTENT, "", content)
            .map(found -> text(found, "status", "snapshotHandle"))
            .orElse("");
    if (handle.isEmpty()) {
      throw new IOException("snapshot " + String.join("/", source) + " has no content yet");
    }
    String copy = temporary(claim);
    volumes.createFromSnapshot(copy, handle, 0);
    copy(copy, target, done);
  }

  private static String temporary(ObjectNode claim) {
    return "cdi-tmp-" + Meta.uid(claim);
  }

  /// From a copy of one instant, which goes when it is done.
  private void copy(String handle, DiskTarget target, Done done) throws IOException {
    try {
      Path volume = volumes.path(handle);
      Path disk = Files.isDirectory(volume) ? volume.resolve("disk.img") : volume;
      if (!Files.exists(disk)) {
        target.clear();
        return;
      }
      long size = Files.size(disk);
      target.requireRoom(size);
      try (InputStream image = Files.newInputStream(disk)) {
        target.fill(image, at -> done.bytes(at, size));
      }
    } finally {
      volumes.deleteVolume(handle);
    }
  }
}
