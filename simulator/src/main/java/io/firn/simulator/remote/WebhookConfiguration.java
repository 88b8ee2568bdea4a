package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Installed;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ResourceType;
import java.net.URI;

/// What has an API server ask a plugin: a mutating and a validating configuration, each by URL.
///
/// Each has a second webhook that only objects with [#PROBE_LABEL] reach: when that one is asked,
/// the first is in force.
///
/// @param base where the webhooks are served
/// @param authority whom to trust there, base64 of PEM
record WebhookConfiguration(URI base, String authority) {
  static final String PROBE_LABEL = "simulator.firn.io/probe";
  private static final int TIMEOUT_SECONDS = 10;

  /// Which of the two.
  enum Phase {
    MUTATE("mutate", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations"),
    VALIDATE("validate", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations");

    final String path;
    private final String kind;
    private final String plural;

    Phase(String path, String kind, String plural) {
      this.path = path;
      this.kind = kind;
      this.plural = plural;
    }

    ResourceType type() {
      return ResourceType.cluster("admissionregistration.k8s.io", "v1", plural, kind);
    }
  }

  static String name(AdmissionPlugin plugin) {
    return "simulator-" + plugin.name();
  }

  static String probePath(AdmissionPlugin plugin, Phase phase) {
    return "/probe/" + phase.path + "/" + plugin.name();
  }

  ObjectNode of(AdmissionPlugin plugin, Phase phase) {
    ObjectNode configuration = phase.type().newObject("", name(plugin));
    Meta.annotations(configuration).put(Installed.ANNOTATION, "true");
    ArrayNode webhooks = configuration.putArray("webhooks");
    ObjectNode asked = webhook(webhooks, plugin.name(), "/" + phase.path + "/" + plugin.name());
    plugin.scopes().forEach(scope -> rule(asked, scope));
    ObjectNode probe = webhook(webhooks, "probe." + plugin.name(), probePath(plugin, phase));
    rule(probe, new AdmissionPlugin.Scope("", "configmaps", java.util.List.of("CREATE")));
    Fields.object(probe, "objectSelector", "matchLabels").put(PROBE_LABEL, plugin.name());
    return configuration;
  }

  private ObjectNode webhook(ArrayNode webhooks, String name, String path) {
    ObjectNode webhook = webhooks.addObject();
    webhook.put("name", name).put("failurePolicy", "Fail").put("sideEffects", "None");
    webhook.put("timeoutSeconds", TIMEOUT_SECONDS).putArray("admissionReviewVersions").add("v1");
    webhook
        .putObject("clientConfig")
        .put("url", base.resolve(path).toString())
        .put("caBundle", authority);
    webhook.putArray("rules");
    return webhook;
  }

  private static void rule(ObjectNode webhook, AdmissionPlugin.Scope scope) {
    ObjectNode rule = Fields.array(webhook, "rules").addObject();
    rule.putArray("apiGroups").add(scope.apiGroup());
    rule.putArray("apiVersions").add("*");
    rule.putArray("resources").add(scope.plural());
    scope.operations().forEach(rule.putArray("operations")::add);
  }
}
