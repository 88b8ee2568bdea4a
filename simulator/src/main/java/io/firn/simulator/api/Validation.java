package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules for metadata that hold for every kind (`k8s.io/apimachinery/pkg/api/validation`).
final class Validation {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final Pattern QUALIFIED =
      Pattern.compile("([a-z0-9.-]{1,253}/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");

  private static final int ANNOTATION_BYTES = 256 * 1024;

  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_RULE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private Validation() {}

  /// Refuses a name that the API could not serve.
  static void name(Target target) {
    String name = target.name();
    if (name.isEmpty()) {
      fail(target, "FieldValueRequired", "Required value: name or generateName is required");
    }
    if (target.resource().group().equals("rbac.authorization.k8s.io")) {
      // RBAC names hold colons (`system:node`): any path segment will do.
      if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
        fail(target, "FieldValueInvalid", "Invalid value: \"" + name + "\": may not contain '/'");
      }
      return;
    }
    boolean label =
        target.resource().plural().equals("namespaces")
            || target.resource().plural().equals("services");
    int longest = label ? 63 : 253;
    if (name.length() > longest) {
      fail(
          target,
          "FieldValueInvalid",
          "Invalid value: \"" + name + "\": must be no more than " + longest + " characters");
    }
    if (!(label ? LABEL : SUBDOMAIN).matcher(name).matches()) {
      fail(
          target,
          "FieldValueInvalid",
          "Invalid value: \"" + name + "\": " + (label ? LABEL_RULE : SUBDOMAIN_RULE));
    }
  }

  private static void fail(Target target, String reason, String message) {
    throw ApiFailure.invalid(
        target.resource(),
        target.name(),
        List.of(new ApiFailure.Cause(reason, message, "metadata.name")));
  }

  static List<ApiFailure.Cause> metadata(Optional<ObjectNode> old, ObjectNode next) {
    List<ApiFailure.Cause> causes = new ArrayList<>();
    for (var label : Meta.of(next).path("labels").properties()) {
      key(label.getKey(), "metadata.labels", causes);
      String value = label.getValue().asText();
      if (value.length() > 63) {
        invalid(value, "must be no more than 63 bytes", "metadata.labels", causes);
      } else if (!LABEL_VALUE.matcher(value).matches()) {
        invalid(value, VALUE_RULE, "metadata.labels", causes);
      }
    }
    for (var annotation : Meta.of(next).path("annotations").properties()) {
      key(annotation.getKey(), "metadata.annotations", causes);
    }
    annotationSize(next, causes);
    owners(next, causes);
    old.filter(Meta::isDeleting).ifPresent(before -> finalizers(before, next, causes));
    return causes;
  }

  private static void key(String key, String field, List<ApiFailure.Cause> causes) {
    if (!QUALIFIED.matcher(key).matches() && !key.matches("(?i)" + QUALIFIED.pattern())) {
      invalid(
          key,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
              + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
              + " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
          field,
          causes);
    }
  }

  private static void annotationSize(ObjectNode next, List<ApiFailure.Cause> causes) {
    long size = 0;
    for (var annotation : Meta.of(next).path("annotations").properties()) {
      size += bytes(annotation.getKey()) + bytes(annotation.getValue().asText());
    }
    if (size > ANNOTATION_BYTES) {
      causes.add(
          new ApiFailure.Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + ANNOTATION_BYTES + " bytes",
              "metadata.annotations"));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void owners(ObjectNode next, List<ApiFailure.Cause> causes) {
    int controllers = 0;
    int index = 0;
    for (JsonNode owner : Meta.owners(next)) {
      for (String required : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(required).asText().isEmpty()) {
          causes.add(
              new ApiFailure.Cause(
                  "FieldValueRequired",
                  "Required value: must not be empty",
                  "metadata.ownerReferences[" + index + "]." + required));
        }
      }
      controllers += owner.path("controller").asBoolean() ? 1 : 0;
      index++;
    }
    if (controllers > 1) {
      String message =
          "Invalid value: "
              + Meta.of(next).path("ownerReferences")
              + ": Only one reference can have Controller set to true";
      causes.add(new ApiFailure.Cause("FieldValueInvalid", message, "metadata.ownerReferences"));
    }
  }

  private static void finalizers(
      ObjectNode before, ObjectNode next, List<ApiFailure.Cause> causes) {
    List<String> added = new ArrayList<>(Meta.finalizers(next));
    added.removeAll(Meta.finalizers(before));
    if (!added.isEmpty()) {
      String message =
          "Forbidden: no new finalizers can be added if the object is being deleted, found new"
              + " finalizers []string{\""
              + String.join("\", \"", added)
              + "\"}";
      causes.add(new ApiFailure.Cause("FieldValueForbidden", message, "metadata.finalizers"));
    }
  }

  private static void invalid(
      String value, String why, String field, List<ApiFailure.Cause> causes) {
    causes.add(
        new ApiFailure.Cause(
            "FieldValueInvalid", "Invalid value: \"" + value + "\": " + why, field));
  }
}
