package io.firn.simulator.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The protobuf messages of the built-in types: field numbers and names as in `k8s.io/api`, kept in
/// `protobuf/<package>.txt`, one message a line: `Volume: 1 name s, 2 ^ VolumeSource`.
///
/// A field's type is `s` text, `i` integer, `b` boolean, `d` double, `y` bytes, `T` time, `U` time
/// with microseconds, `Q` quantity, `I` integer or text, `R` or `F` embedded JSON, `L` with a type
/// a list wrapped in a message, otherwise a message. Before it `*` says that a zero value counts,
/// `[]` that it is a list, `{}` a map by name. A field named `^` has its fields in the parent's
/// JSON.
///
/// Thread-safe.
final class ProtobufSchema {
  private static final Pattern FIELD = Pattern.compile("(\\d+) (\\S+) (\\[]|\\{})?(\\*?)(\\S+)");
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("v1", "core.v1"),
          Map.entry("apps/v1", "apps.v1"),
          Map.entry("batch/v1", "batch.v1"),
          Map.entry("policy/v1", "policy.v1"),
          Map.entry("autoscaling/v1", "autoscaling.v1"),
          Map.entry("rbac.authorization.k8s.io/v1", "rbac.v1"),
          Map.entry("storage.k8s.io/v1", "storage.v1"),
          Map.entry("scheduling.k8s.io/v1", "scheduling.v1"),
          Map.entry("coordination.k8s.io/v1", "coordination.v1"),
          Map.entry("authentication.k8s.io/v1", "authentication.v1"),
          Map.entry("authorization.k8s.io/v1", "authorization.v1"),
          Map.entry("networking.k8s.io/v1", "networking.v1"),
          Map.entry("discovery.k8s.io/v1", "discovery.v1"));

  private final Map<String, Map<String, Map<Integer, Field>>> packages = new ConcurrentHashMap<>();

  enum Shape {
    ONE,
    LIST,
    MAP
  }

  /// A field. `type` is one of the letters above, or the full name of a message.
  record Field(String name, Shape shape, boolean keepsZero, String type) {
    boolean isInline() {
      return name.equals("^");
    }
  }

  /// The full name of an object's message; empty where the type is not known.
  Optional<String> messageOf(String apiVersion, String kind) {
    if (kind.equals("DeleteOptions")) {
      return Optional.of("meta.v1.DeleteOptions");
    }
    return Optional.ofNullable(PACKAGES.get(apiVersion))
        .filter(name -> load(name).containsKey(kind))
        .map(name -> name + "." + kind);
  }

  /// The fields of a message by number.
  Map<Integer, Field> fields(String message) {
    int dot = message.lastIndexOf('.');
    return load(message.substring(0, dot)).getOrDefault(message.substring(dot + 1), Map.of());
  }

  private Map<String, Map<Integer, Field>> load(String name) {
    return packages.computeIfAbsent(name, ProtobufSchema::read);
  }

  private static Map<String, Map<Integer, Field>> read(String name) {
    Map<String, Map<Integer, Field>> messages = new HashMap<>();
    for (String line : Bundled.text("protobuf/" + name + ".txt").lines().toList()) {
      int colon = line.indexOf(':');
      Map<Integer, Field> fields = new HashMap<>();
      Matcher matcher = FIELD.matcher(line.substring(colon + 1).replace(",", ""));
      while (matcher.find()) {
        fields.put(Integer.parseInt(matcher.group(1)), field(name, matcher));
      }
      messages.put(line.substring(0, colon), fields);
    }
    return messages;
  }

  private static Field field(String name, Matcher matcher) {
    String list = matcher.group(3) == null ? "" : matcher.group(3);
    Shape shape =
        switch (list) {
          case "[]" -> Shape.LIST;
          case "{}" -> Shape.MAP;
          default -> Shape.ONE;
        };
    String type = matcher.group(5);
    boolean local =
        type.length() > 1 && !type.contains(".") && !(type.startsWith("L") && type.length() == 2);
    return new Field(
        matcher.group(2), shape, !matcher.group(4).isEmpty(), local ? name + "." + type : type);
  }
}
