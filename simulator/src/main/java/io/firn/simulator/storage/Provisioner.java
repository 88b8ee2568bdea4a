package io.firn.simulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.EventRecorder;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.Types;
import io.firn.simulator.client.WorkQueue;
import java.time.InstantSource;
import java.util.List;

/// Binds claims, provisions and reclaims their volumes.
public final class Provisioner implements Controller {
  private static final int WORKERS = 4;

  private final WorkQueue claims;
  private final WorkQueue volumes;
  private final List<Feed> feeds;

  public Provisioner(ApiClient client, VolumeStore store, InstantSource clock) {
    EventRecorder events = new EventRecorder(client, StorageNames.DRIVER, clock);
    ClaimReconciler claim = new ClaimReconciler(client, store, events, new ClaimUse(client, clock));
    this.claims = new WorkQueue("claims", WORKERS, claim::reconcile);
    this.volumes =
        new WorkQueue("volumes", WORKERS, new VolumeReconciler(client, store)::reconcile);
    this.feeds =
        List.of(
            new Feed(client, Types.CLAIM, this::claimChanged),
            new Feed(client, Types.VOLUME, this::volumeChanged),
            new Feed(client, Types.POD, this::podChanged));
  }

  @Override
  public String name() {
    return "csi-provisioner";
  }

  @Override
  public void start() {
    claims.start();
    volumes.start();
    feeds.forEach(Feed::start);
  }

  private void claimChanged(ObjectNode claim) {
    claims.add(ObjectKey.of(claim));
    String volume = Fields.text(claim, "spec", "volumeName");
    if (!volume.isEmpty()) {
      volumes.add(new ObjectKey("", volume));
    }
  }

  private void volumeChanged(ObjectNode volume) {
    volumes.add(ObjectKey.of(volume));
    String claim = Fields.text(volume, "spec", "claimRef", "name");
    if (!claim.isEmpty()) {
      claims.add(new ObjectKey(Fields.text(volume, "spec", "claimRef", "namespace"), claim));
    }
  }

  private void podChanged(ObjectNode pod) {
    for (String claim : PodClaims.of(pod)) {
      claims.add(new ObjectKey(Meta.namespace(pod), claim));
    }
  }

  @Override
  public void close() {
    feeds.forEach(Feed::close);
    claims.close();
    volumes.close();
  }
}
