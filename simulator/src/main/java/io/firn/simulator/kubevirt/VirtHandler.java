package io.firn.simulator.kubevirt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.Controller;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Feed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.client.WorkQueue;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// virt-handler with its launchers, for all nodes: boots the guest of a scheduled instance, reports
/// what the guest is, and powers it off when the instance goes.
final class VirtHandler implements Controller {
  private static final System.Logger LOG = System.getLogger(VirtHandler.class.getName());
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int WORKERS = 4;

  private final ApiClient client;
  private final InstantSource clock;
  private final GuestRegistry guests;
  private final GuestLauncher launcher;
  private final GuestReport report;
  private final WorkQueue queue;
  private final Feed feed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("virt-handler-timer").factory());

  VirtHandler(ApiClient client, KubeVirtOptions options, GuestRegistry guests, Identities ids) {
    this.client = client;
    this.clock = options.clock();
    this.guests = guests;
    this.launcher = new GuestLauncher(client, options);
    this.report = new GuestReport(client, clock, ids);
    this.queue = new WorkQueue("virt-handler", WORKERS, this::reconcile);
    this.feed = new Feed(client, VirtTypes.INSTANCE, instance -> queue.add(ObjectKey.of(instance)));
  }

  @Override
  public String name() {
    return "virt-handler";
  }

  @Override
  public void start() {
    queue.start();
    feed.start();
    var _ =
        timer.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleWithFixedDelay(
            this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Safety timers, and guests that have ended by themselves.
  private void look() {
    try {
      for (RunningGuest guest : guests.all()) {
        boolean thawed = guest.watch(clock.instant());
        if (thawed || guest.ended()) {
          queue.add(new ObjectKey(guest.namespace(), guest.name()));
        }
      }
    } catch (RuntimeException e) {
      // The edge of the timer: the next look comes in any case.
      LOG.log(Level.WARNING, "looking after guests", e);
    }
  }

  private void poll() {
    try {
      for (RunningGuest guest : guests.all()) {
        guest.poll();
        queue.add(new ObjectKey(guest.namespace(), guest.name()));
      }
    } catch (RuntimeException e) {
      // The edge of the timer: the next poll comes in any case.
      LOG.log(Level.WARNING, "polling guests", e);
    }
  }

  private Optional<Duration> reconcile(ObjectKey key) throws Exception {
    Optional<ObjectNode> read = client.get(VirtTypes.INSTANCE, key.namespace(), key.name());
    String uid = read.map(Meta::uid).orElse("");
    forgetOthers(key, uid);
    if (read.isPresent()) {
      reconcile(read.get());
    }
    return Optional.empty();
  }

  private void forgetOthers(ObjectKey key, String uid) {
    for (RunningGuest guest : guests.all()) {
      boolean same = guest.namespace().equals(key.namespace()) && guest.name().equals(key.name());
      if (same && !guest.uid().equals(uid)) {
        guests.remove(guest.uid());
      }
    }
  }

  private void reconcile(ObjectNode instance) throws Exception {
    Optional<RunningGuest> guest = guests.byUid(Meta.uid(instance));
    if (Phases.isFinal(instance)) {
      guest.ifPresent(RunningGuest::kill);
    } else if (Meta.deleting(instance)) {
      guest.ifPresent(RunningGuest::powerOff);
      if (Phases.isOnNode(instance)) {
        report.ended(instance, guest);
      }
    } else if (Phases.isOnNode(instance)) {
      onNode(instance, guest);
    }
  }

  private void onNode(ObjectNode instance, Optional<RunningGuest> guest) throws Exception {
    if (guest.isPresent()) {
      if (guest.get().alive()) {
        report.running(instance, guest.get());
      } else {
        report.ended(instance, guest);
      }
    } else if (Phases.of(instance).equals(Phases.RUNNING)) {
      // The launcher of a guest that nobody knows any more is gone, and the guest with it.
      report.ended(instance, guest);
    } else {
      RunningGuest started = launcher.launch(instance);
      guests.put(started);
      report.running(instance, started);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    feed.close();
    queue.close();
    guests.all().forEach(RunningGuest::kill);
  }
}
