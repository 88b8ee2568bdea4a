package io.firn.simulator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.api.AdmissionPlugin;
import io.firn.simulator.api.AdmissionPlugin.Denial;
import io.firn.simulator.client.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A question of an API server (`admission.k8s.io/v1`), put to a plugin.
record AdmissionReview(JsonNode request) {
  static AdmissionReview of(JsonNode review) {
    return new AdmissionReview(review.path("request"));
  }

  /// Has the plugin change the object, and answers what it changed.
  ObjectNode mutate(AdmissionPlugin plugin) {
    AdmissionPlugin.Request asked = asked();
    if (!plugin.handles(asked) || !(request.get("object") instanceof ObjectNode object)) {
      return answer(true);
    }
    ObjectNode changed = object.deepCopy();
    try {
      plugin.mutate(asked, changed);
    } catch (Denial denial) {
      return denied(denial);
    }
    ObjectNode answer = answer(true);
    ArrayNode patch = difference(object, changed);
    if (!patch.isEmpty()) {
      byte[] bytes = patch.toString().getBytes(StandardCharsets.UTF_8);
      Fields.object(answer, "response")
          .put("patchType", "JSONPatch")
          .put("patch", Base64.getEncoder().encodeToString(bytes));
    }
    return answer;
  }

  ObjectNode validate(AdmissionPlugin plugin) {
    AdmissionPlugin.Request asked = asked();
    if (!plugin.handles(asked)) {
      return answer(true);
    }
    // A deletion has no object: what goes is the old one.
    ObjectNode object =
        request.get("object") instanceof ObjectNode now
            ? now
            : asked.old().orElseGet(Fields::newObject);
    try {
      plugin.validate(asked, object);
    } catch (Denial denial) {
      return denied(denial);
    }
    return answer(true);
  }

  private AdmissionPlugin.Request asked() {
    return new AdmissionPlugin.Request(
        Fields.text(request, "operation"),
        Fields.text(request, "resource", "group"),
        Fields.text(request, "resource", "version"),
        Fields.text(request, "resource", "resource"),
        Fields.text(request, "subResource"),
        Fields.text(request, "namespace"),
        Fields.text(request, "name"),
        Optional.ofNullable(request.get("oldObject") instanceof ObjectNode old ? old : null),
        request.path("dryRun").asBoolean(),
        Fields.text(request, "userInfo", "username"));
  }

  /// Nothing against it.
  ObjectNode allowed() {
    return answer(true);
  }

  private ObjectNode answer(boolean allowed) {
    ObjectNode review = Fields.newObject();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    review.putObject("response").put("uid", Fields.text(request, "uid")).put("allowed", allowed);
    return review;
  }

  private ObjectNode denied(Denial denial) {
    ObjectNode answer = answer(false);
    Fields.object(answer, "response", "status")
        .put("code", denial.status())
        .put("reason", denial.reason())
        .put("message", String.valueOf(denial.getMessage()));
    return answer;
  }

  /// A JSON patch by the fields at the top: coarse, and always right.
  private static ArrayNode difference(ObjectNode before, ObjectNode after) {
    ArrayNode patch = Fields.newArray();
    TreeSet<String> fields =
        before
            .propertyStream()
            .map(java.util.Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    after.propertyStream().forEach(one -> fields.add(one.getKey()));
    for (String field : fields) {
      JsonNode now = after.path(field);
      if (now.isMissingNode()) {
        patch.addObject().put("op", "remove").put("path", "/" + field);
      } else if (!now.equals(before.path(field))) {
        patch.addObject().put("op", "add").put("path", "/" + field).set("value", now);
      }
    }
    return patch;
  }
}
