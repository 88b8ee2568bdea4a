package io.firn.simulator.cdi;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.ApiFailure;
import io.firn.simulator.client.ClaimHandle;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Quantities;
import io.firn.simulator.client.Types;
import io.firn.simulator.storage.VolumeStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Fills claims, as their annotations ask for, whoever made them: a claim that names a source and
/// has no `pod.phase` of Succeeded is filled, even when there are data in it.
///
/// While it works, the importer's pod can be seen; what the pod would do happens here.
final class Importer {
  private final ApiClient client;
  private final VolumeStore volumes;
  private final Progress progress;
  private final Transfer transfer;

  Importer(ApiClient client, VolumeStore volumes, Progress progress) {
    this.client = client;
    this.volumes = volumes;
    this.progress = progress;
    this.transfer = new Transfer(client, volumes);
  }

  /// Whether there is something to fill in, now or when the claim is bound.
  static boolean concerns(ObjectNode claim) {
    boolean source =
        Meta.annotated(claim, Keys.IMPORT_SOURCE)
            || Meta.annotated(claim, Keys.CLONE_REQUEST)
            || Meta.annotated(claim, Keys.SNAPSHOT_REQUEST);
    return source
        && !Meta.deleting(claim)
        && !Meta.annotation(claim, Keys.POD_PHASE).equals("Succeeded");
  }

  Optional<Duration> reconcile(ObjectKey key) throws IOException {
    Optional<ObjectNode> read = client.get(Types.CLAIM, key.namespace(), key.name());
    if (read.isEmpty() || !concerns(read.get())) {
      return Optional.empty();
    }
    ObjectNode claim = read.get();
    if (Binding.bound(claim)) {
      fill(key, claim);
    } else if (Binding.late(claim, client) && Binding.immediateRequested(claim)) {
      schedule(key, claim);
    }
    return Optional.empty();
  }

  private void schedule(ObjectKey key, ObjectNode claim) {
    ObjectNode pod = ImporterPod.build(claim);
    try {
      client.create(Types.POD, pod);
    } catch (ApiFailure e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    annotate(
        key,
        claim,
        annotations -> {
          annotations.put(Keys.IMPORT_POD, Meta.name(pod)).put(Keys.POD_SCHEDULABLE, "true");
          if (!annotations.has(Keys.POD_RESTARTS)) {
            annotations.put(Keys.POD_RESTARTS, "0").put(Keys.POD_PHASE, "Pending");
            annotations.put(Keys.RUNNING, "false").put(Keys.RUNNING_REASON, "Pending");
          }
        });
  }

  private void fill(ObjectKey key, ObjectNode claim) throws IOException {
    Optional<String> handle = new ClaimHandle(client).of(key.namespace(), key.name());
    if (handle.isEmpty()) {
      throw new IOException("claim " + key + " is bound to a volume that is not CSI");
    }
    schedule(key, claim);
    annotate(
        key,
        claim,
        annotations -> {
          annotations.put(Keys.POD_PHASE, "Running");
          annotations.put(Keys.RUNNING, "true").put(Keys.RUNNING_REASON, "Pod is running");
          annotations.remove(Keys.RUNNING_MESSAGE);
        });
    boolean block = text(claim, "spec", "volumeMode").equals("Block");
    long capacity = Quantities.bytes(text(claim, "status", "capacity", "storage"));
    DiskTarget target =
        DiskTarget.of(volumes.path(handle.get()), ClaimSize.usable(capacity, block));
    try {
      transfer.run(claim, target, (done, total) -> progress.at(Meta.uid(claim), done, total));
    } catch (IOException e) {
      failed(key, claim, String.valueOf(e.getMessage()));
      throw e;
    }
    succeeded(key, claim);
  }

  private void failed(ObjectKey key, ObjectNode claim, String message) {
    annotate(
        key,
        claim,
        annotations -> {
          int restarts = Integer.parseInt(text(annotations, Keys.POD_RESTARTS));
          annotations.put(Keys.POD_RESTARTS, Integer.toString(restarts + 1));
          annotations.put(Keys.RUNNING, "false").put(Keys.RUNNING_REASON, "Error");
          annotations.put(Keys.RUNNING_MESSAGE, message);
        });
  }

  private void succeeded(ObjectKey key, ObjectNode claim) {
    annotate(
        key,
        claim,
        annotations -> {
          annotations.put(Keys.POD_PHASE, "Succeeded");
          annotations.put(Keys.RUNNING, "false").put(Keys.RUNNING_REASON, "Completed");
          annotations.remove(Keys.RUNNING_MESSAGE);
        });
    progress.forget(Meta.uid(claim));
    client.delete(Types.POD, new ObjectKey(key.namespace(), ImporterPod.name(claim)));
  }

  private void annotate(ObjectKey key, ObjectNode claim, Consumer<ObjectNode> change) {
    client.modify(
        Types.CLAIM,
        key,
        found -> {
          if (Meta.uid(found).equals(Meta.uid(claim))) {
            change.accept(Meta.annotations(found));
          }
        });
  }
}
