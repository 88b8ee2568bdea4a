package io.firn.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What movers' pods are to have beside what Firn needs of them: `metadata` and `spec` of a
/// PodTemplate, which are laid over those that Firn makes ([PodTemplateMerge]). `root` is whether
/// movers run as root; otherwise they do only where a template says so, or where the vault is a
/// folder of the node. Immutable by convention: nobody changes the tree.
public record MoverTemplate(ObjectNode pod, boolean root) {
  /// The container that a template must name to say something of it.
  public static final String CONTAINER = "mover";

  /// The image where nothing else is said.
  public static final String STANDARD_IMAGE = "firn";

  /// Less memory than this leaves no room for a mover's heap, its buffers and the runtime.
  public static final long LEAST_MEMORY_BYTES = 384L << 20;

  /// Nothing but what Firn needs.
  public static final MoverTemplate STANDARD =
      new MoverTemplate(JsonNodeFactory.instance.objectNode(), false);

  /// The same with another image.
  public MoverTemplate withImage(String image) {
    ObjectNode other = JsonNodeFactory.instance.objectNode();
    other
        .withObject("/spec")
        .withArrayProperty("containers")
        .addObject()
        .put("name", CONTAINER)
        .put("image", image);
    return new MoverTemplate(PodTemplateMerge.merge(pod, other), root);
  }

  /// The image that movers run.
  public String image() {
    return container().path("image").asText(STANDARD_IMAGE);
  }

  /// What the template says of the mover's container.
  public JsonNode container() {
    return container(pod.path("spec"));
  }

  /// The mover's container of a pod; a missing node where it has none.
  public static JsonNode container(JsonNode podSpec) {
    for (JsonNode container : podSpec.path("containers")) {
      if (container.path("name").asText().equals(CONTAINER)) {
        return container;
      }
    }
    return podSpec.path("containers").path(-1);
  }
}
