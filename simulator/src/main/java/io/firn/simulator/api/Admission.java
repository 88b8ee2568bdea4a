package io.firn.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The admission chain: all plugins mutate, then all validate.
///
/// Thread-safe.
final class Admission {
  private final List<AdmissionPlugin> plugins = new CopyOnWriteArrayList<>();

  void add(AdmissionPlugin plugin) {
    plugins.add(plugin);
  }

  static AdmissionPlugin.Request request(
      String operation, Target target, Optional<ObjectNode> old, WriteOptions options) {
    return new AdmissionPlugin.Request(
        operation,
        target.resource().group(),
        target.version().name(),
        target.resource().plural(),
        target.subresource(),
        target.namespace(),
        target.name(),
        old,
        options.dryRun(),
        options.user().name());
  }

  void mutate(AdmissionPlugin.Request request, ObjectNode object) {
    for (AdmissionPlugin plugin : plugins) {
      if (plugin.handles(request)) {
        try {
          plugin.mutate(request, object);
        } catch (AdmissionPlugin.Denial denial) {
          throw refusal(plugin, denial);
        }
      }
    }
  }

  void validate(AdmissionPlugin.Request request, ObjectNode object) {
    for (AdmissionPlugin plugin : plugins) {
      if (plugin.handles(request)) {
        try {
          plugin.validate(request, object);
        } catch (AdmissionPlugin.Denial denial) {
          throw refusal(plugin, denial);
        }
      }
    }
  }

  private static ApiFailure refusal(AdmissionPlugin plugin, AdmissionPlugin.Denial denial) {
    String text =
        "admission webhook \"" + plugin.name() + "\" denied the request: " + denial.getMessage();
    return ApiFailure.of(denial.status(), denial.reason(), text);
  }
}
