package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.failure.FirnException;
import io.firn.graph.ObjectRef;
import io.firn.mover.MoverPod;
import io.firn.point.MoverAccess;
import io.firn.repository.Password;
import io.firn.restore.RestoreAction.Populate;
import io.firn.run.RunMarks;
import io.firn.run.VaultSecret;
import io.firn.trial.MoverPlan;
import io.firn.trial.Objection;
import io.firn.trial.QuotaRoom;
import io.firn.trial.ServerTrial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets the API server try the movers of a restore and their Secret, before anything is touched.
/// The claims that they fill are tried with all other objects. For one thread.
record MoverCheck(Cluster cluster, MoverAccess access) {
  private static final String RUN = "plan";

  /// Findings beside those of the plan. Nothing can be tried in a namespace that is not there.
  List<RestoreFinding> check(RestorePlan plan) {
    if (plan.populates().isEmpty()) {
      return List.of();
    }
    String namespace = plan.targetNamespace();
    if (plan.createNamespace()) {
      return List.of();
    }
    ServerTrial trial = new ServerTrial(cluster.objects());
    RunMarks marks = new RunMarks(RUN, 0);
    List<Objection> found = new ArrayList<>(trial.of(secret(marks, namespace)));
    RestoreOptions options = plan.request().options();
    MoverPlan movers =
        new MoverPlan(
            cluster.moverJobs(),
            marks,
            options.mover(),
            options.moverRetries(),
            Optional.of(access));
    Optional<ObjectNode> admitted = Optional.empty();
    Map<Boolean, Populate> byMode = new LinkedHashMap<>();
    plan.populates().forEach(p -> byMode.putIfAbsent(p.content().block(), p));
    for (Populate one : byMode.values()) {
      String claim = one.target().name();
      try {
        ServerTrial.Mover outcome =
            trial.of(movers.mover(namespace, claim, one.content().block(), false));
        found.addAll(outcome.objections());
        admitted = admitted.or(outcome::admitted);
      } catch (FirnException e) {
        return List.of(unreachable(one.target(), e));
      }
    }
    admitted.ifPresent(pod -> found.addAll(room(namespace, pod, plan)));
    return found.stream().map(MoverCheck::finding).distinct().toList();
  }

  private List<Objection> room(String namespace, ObjectNode pod, RestorePlan plan) {
    int atOnce = VolumeFilling.parallel(plan.request().options(), plan.populates());
    Map<String, Integer> counts = Map.of("secrets", 1, "count/secrets", 1);
    return new QuotaRoom(cluster.objects())
        .check(namespace, new QuotaRoom.Demand(atOnce, pod, List.of(), counts));
  }

  /// Its content is nobody's password.
  private static ObjectNode secret(RunMarks marks, String namespace) {
    try (Password none = new Password("none".toCharArray())) {
      return VaultSecret.objectFor(marks, namespace, MoverPod.PASSWORD_KEY, none, List.of());
    }
  }

  private static RestoreFinding unreachable(ObjectRef claim, FirnException e) {
    return new RestoreFinding(
        RestoreFinding.Weight.STOP,
        e.failure().code(),
        claim,
        e.failure().summary(),
        e.failure().guidance());
  }

  private static RestoreFinding finding(Objection o) {
    return new RestoreFinding(
        switch (o.weight()) {
          case NOTE -> RestoreFinding.Weight.NOTE;
          case WARNING -> RestoreFinding.Weight.WARNING;
          case STOP -> RestoreFinding.Weight.STOP;
        },
        o.code(),
        o.about(),
        o.message(),
        o.nextStep());
  }
}
